/** A request's headers by lower-case name. Node hands every byte on as one character (latin1). */
export interface Headers {
  /** In canonical form: folded, and those of one name joined by commas in the order received. */
  readonly values: ReadonlyMap<string, string>;
  /** The names that came more than once. */
  readonly repeated: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

export function readHeaders(rawHeaders: readonly string[]): Headers {
  const values = new Map<string, string>();
  let repeated: Set<string> | undefined;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? "").toLowerCase();
    const value = fold(rawHeaders[at + 1] ?? "");
    const before = values.get(name);
    if (before !== undefined) repeated = (repeated ?? new Set()).add(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return { values, repeated: repeated ?? NONE };
}

// Not `trim` or `\s`: those take U+00A0 for a space, and here that is the second byte of `à`.
const BLANKS = /[ \t\r\n\v\f]+/g;
const UNFOLDED = /[\t\r\n\v\f]| {2}|^ | $/;

/** Runs of blanks become one space, and none is left at either end (SigV4's `trimall`). */
function fold(value: string): string {
  if (!UNFOLDED.test(value)) return value;
  const single = value.replace(BLANKS, " ");
  return single.slice(single.startsWith(" ") ? 1 : 0, single.endsWith(" ") ? -1 : undefined);
}
