/** The command ends here: one sentence for the person who ran it, and advice apart from it. */
export class Refusal extends Error {
  readonly hint: string | undefined;
  readonly status: 1 | 2;

  /** `status` 1: the command failed; 2: it was used wrongly. */
  constructor(
    sentence: string,
    options: { hint?: string | undefined; status?: 1 | 2; cause?: unknown } = {},
  ) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "Refusal";
    this.hint = options.hint;
    this.status = options.status ?? 1;
  }
}

/** The code of a system error, e.g. `EADDRINUSE`. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
