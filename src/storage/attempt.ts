/** Runs a write in a savepoint of its own; false, and undone, where a unique key is taken: a refusal is a value. */
export type Attempt = (work: () => Promise<boolean>) => Promise<boolean>;
