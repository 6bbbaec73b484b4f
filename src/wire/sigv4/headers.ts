/** Values by lower-case name, in the order received. Node hands every byte on as one character (latin1). */
export type Headers = ReadonlyMap<string, readonly string[]>;

export function readHeaders(rawHeaders: readonly string[]): Headers {
  const headers = new Map<string, string[]>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    // both exist by the loop's bound
    const name = (rawHeaders[at] as string).toLowerCase();
    const value = rawHeaders[at + 1] as string;
    const values = headers.get(name);
    if (values === undefined) headers.set(name, [value]);
    else values.push(value);
  }
  return headers;
}

/** The folded value of a header that may come once; of a repeated one the first, so refuse repetitions before. */
export function headerValue(headers: Headers, name: string): string | undefined {
  const value = headers.get(name)?.[0];
  return value === undefined ? undefined : fold(value);
}

// Not `trim` or `\s`: those take U+00A0 for a space, and here that is the second byte of `à`.
const BLANKS = /[ \t\r\n\v\f]+/g;

/** Runs of blanks become one space, and none is left at either end (SigV4's `trimall`). */
export function fold(value: string): string {
  const single = value.replace(BLANKS, " ");
  return single.slice(single.startsWith(" ") ? 1 : 0, single.endsWith(" ") ? -1 : undefined);
}
