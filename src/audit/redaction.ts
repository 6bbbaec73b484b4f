/**
 * The rules of redaction: what never reaches the log, whoever hands it in (DESIGN 3.6, contract 5.3, ASVS 16.2.5).
 * 1. Members that hold a code, a password, a seed or a secret are dropped, at any depth.
 * 2. A validation sentence that quotes a code loses the quotation.
 * 3. A session token, in whatever member, is dropped with its member.
 */
const SECRET_MEMBERS: ReadonlySet<string> = new Set([
  "authenticationcode1",
  "authenticationcode2",
  "tokencode",
  "password",
  "oldpassword",
  "newpassword",
  "secretaccesskey",
  "sessiontoken",
  "base32stringseed",
  "qrcodepng",
]);

function members(value: object | null): object | null {
  if (value === null) return null;
  // clean() keeps the kind of what it is given: an object stays one
  return clean(value) as object;
}

function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const kept = Object.entries(value).filter(([name]) => !SECRET_MEMBERS.has(name.toLowerCase()));
  return Object.fromEntries(kept.map(([name, inner]) => [name, clean(inner)]));
}

/** The greedy match takes a quotation that itself holds quotes and member names. */
const message = (sentence: string): string =>
  sentence.replace(/Value '.*' at '(tokenCode|authenticationCode[12]|[a-z]*[pP]assword)'/gs, "Value at '$1'");

export const withoutSecrets = { members, message } as const;
