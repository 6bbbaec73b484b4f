/** A list is a multivalued key, even a list of one (contract 9.2). */
export type ContextValue = string | readonly string[];

/** The value of a context key by its lower-case name, or undefined where it is absent. Asked for only when a statement asks. */
export type Context = (key: string) => ContextValue | undefined;
