/** What a browser remembers of a reader's choices. Nothing secret goes here. */
export type Choice = "language" | "theme" | "sign-in-way" | "sign-in-account";

const keyOf = (choice: Choice): string => `countersign.${choice}`;

/** A browser may forbid storage altogether; then nothing is remembered. */
export function kept(choice: Choice): string | undefined {
  try {
    return localStorage.getItem(keyOf(choice)) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keep(choice: Choice, value: string): void {
  try {
    localStorage.setItem(keyOf(choice), value);
  } catch {
    // not remembered
  }
}
