/** A request as it came: nothing rewritten, joined or decoded, since signatures do not survive that. */
export interface RawRequest {
  readonly method: string;
  /** The request target as sent, e.g. `/?Action=GetUser`. */
  readonly target: string;
  /** Names and values in turn, in the order and letter case received, duplicates included. */
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array;
  /** The other end of the socket. */
  readonly peer: { readonly address: string; readonly encrypted: boolean };
}

export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** `Set-Cookie` lines, each of its own. */
  readonly cookies?: readonly string[];
  readonly body: string | Uint8Array;
}

/** Every value of header `name` (lower case), in order. */
export function headerValues(raw: RawRequest, name: string): readonly string[] {
  const values: string[] = [];
  for (let at = 0; at + 1 < raw.rawHeaders.length; at += 2) {
    const sent = raw.rawHeaders[at] ?? "";
    // most names differ in length already
    if (sent.length === name.length && sent.toLowerCase() === name) values.push(raw.rawHeaders[at + 1] ?? "");
  }
  return values;
}
