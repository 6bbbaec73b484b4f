/**
 * The rules of redaction: what never reaches the log, whoever hands it in (DESIGN 3.6, contract 5.3, ASVS 16.2.5).
 * 1. Members that hold a code, a password, a seed or a secret are dropped, at any depth.
 * 2. A validation sentence that quotes a code loses the quotation.
 * 3. A session token, in whatever member, is dropped with its member.
 * 4. A sentence is no longer than CloudTrail's (1 KB): of a longer one that quotes values no quotation is kept.
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
  // of calls that are not built: they are refused, and recorded like any other
  "privatekey",
  "addprivatekey",
  "samlassertion",
  "webidentitytoken",
  "contextassertion",
  "tradeintoken",
  "servicepassword",
  "servicecredentialsecret",
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

const LONGEST_SENTENCE = 1024;

/** The greedy match takes a quotation that itself holds quotes and member names; on a long sentence it would take minutes. */
const message = (sentence: string): string =>
  sentence.length > LONGEST_SENTENCE
    ? `${withoutQuotations(sentence).slice(0, LONGEST_SENTENCE)}…`
    : sentence.replace(
        /Value '.*' at '(tokenCode|authenticationCode[12]|[a-z]*[pP]assword)'/gs,
        "Value at '$1'",
      );

function withoutQuotations(sentence: string): string {
  const first = sentence.indexOf("Value '");
  return first < 0 ? sentence : sentence.slice(0, first + "Value".length);
}

export const withoutSecrets = { members, message } as const;
