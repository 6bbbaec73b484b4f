/**
 * Why a mail was not taken, in our own words. Nothing of what the server says is repeated but its number: its text may hold the
 * recipient, or anything at all.
 */
export interface Reason {
  readonly again: boolean;
  readonly reason: string;
}

/** What nodemailer tells of a failure. */
interface Told {
  readonly code: string;
  /** The code of the system or of TLS, where `code` is a wider one. */
  readonly originalCode: string;
  /** What was being said, e.g. `RCPT TO`. */
  readonly command: string;
  readonly responseCode: number | undefined;
}

const REASONS: readonly {
  readonly when: (told: Told) => boolean;
  readonly reason: string;
  /** The operator or time can mend everything but what the server has against this one mail. */
  readonly final?: true;
}[] = [
  { when: ({ code }) => code === "EABORT", reason: "it took too long, or this server was stopping" },
  { when: ({ code }) => code === "EAUTH", reason: "the mail server refused the user or the password" },
  { when: ({ code }) => code === "ETLS", reason: "no encrypted connection to the mail server came about" },
  {
    when: ({ originalCode }) => /CERT|SIGNATURE|ISSUER|_CRL_/.test(originalCode),
    reason: "the mail server's certificate is not trusted",
  },
  { when: ({ code }) => code === "EDNS", reason: "the mail server's name is not known" },
  { when: ({ code }) => code === "ETIMEDOUT", reason: "the mail server did not answer in time" },
  {
    when: ({ code }) => code === "ECONNECTION" || code === "ESOCKET",
    reason: "the connection to the mail server failed",
  },
  {
    when: ({ command, responseCode }) => command === "RCPT TO" && isPermanent(responseCode),
    reason: "the mail server refused the recipient",
    final: true,
  },
  {
    when: ({ command, responseCode }) => command === "DATA" && isPermanent(responseCode),
    reason: "the mail server refused the message",
    final: true,
  },
  { when: ({ command }) => command === "MAIL FROM", reason: "the mail server refused the sender" },
  { when: ({ responseCode }) => responseCode !== undefined, reason: "the mail server put it off" },
];

/** RFC 5321 section 4.2.1; 530 and 503 are about the session, not about the mail. */
const isPermanent = (code: number | undefined): boolean =>
  code !== undefined && code >= 500 && code !== 503 && code !== 530;

export function reasonOf(error: unknown): Reason {
  const told = toldBy(error);
  const found = REASONS.find(({ when }) => when(told));
  const detail = told.responseCode ?? (SYSTEM_CODE.test(told.originalCode) ? told.originalCode : undefined);
  const sentence = found?.reason ?? "the mail could not be sent";
  return {
    again: found?.final !== true,
    reason: detail === undefined ? sentence : `${sentence} (${detail})`,
  };
}

const SYSTEM_CODE = /^[A-Z][A-Z0-9_]{2,40}$/;

function toldBy(error: unknown): Told {
  // errors of the library are plain ones with more members; each is looked at before it is used
  const { code, originalCode, command, responseCode } = Object(error) as Record<string, unknown>;
  return {
    code: textOf(code),
    originalCode: textOf(originalCode),
    command: textOf(command),
    responseCode: typeof responseCode === "number" ? responseCode : undefined,
  };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
