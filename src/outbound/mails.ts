/**
 * Every mail that is sent, in one place. Plain text, in English. A link is our own origin and a path that stands here; nothing of what
 * others chose is in a subject or a link, and in the text it is broken so that no mail program makes a link of it. No link acts when
 * it is opened: a button on the page does.
 */
import type { EpochMs } from "#base/clock.ts";
import { isoSeconds } from "#base/clock.ts";
import type { NoticeKind, NoticeRow } from "#ports/notices.ts";
import type { Mail } from "#ports/notifier.ts";
import { shownText } from "./outside-text.ts";

/** What a mail is made of besides its notice. */
export interface MailFacts {
  /** Where people reach the server. */
  readonly origin: string;
  /** Of the mails that ask for a confirmation. */
  readonly token: string | undefined;
}

interface Template {
  readonly subject: string;
  /** Of the one the mail is about, `ana` or `the root user`. */
  readonly says: (who: string) => string;
  readonly next: string;
  readonly path: "/me" | "/confirm";
}

const YOURS = "If this was not you, change your password, end your other sessions and tell an administrator.";

const TEMPLATES = {
  "factor-added": {
    subject: "An MFA device was added",
    says: (who) => `An MFA device was added to ${who}. It can be used to sign in from now on.`,
    next: YOURS,
    path: "/me",
  },
  "factor-removed": {
    subject: "An MFA device was removed",
    says: (who) => `An MFA device was removed from ${who}.`,
    next: YOURS,
    path: "/me",
  },
  "password-changed": {
    subject: "A password was changed",
    says: (who) => `The password of ${who} was changed.`,
    next: YOURS,
    path: "/me",
  },
  "contact-changed": {
    subject: "A contact address was changed",
    says: (who) =>
      `The contact address of ${who} was changed. Until the new one is confirmed, this address gets the notices.`,
    next: YOURS,
    path: "/me",
  },
  "new-device-signed-in": {
    subject: "A sign-in from a new browser",
    says: (who) => `A browser that was not seen before signed in as ${who}.`,
    next: YOURS,
    path: "/me",
  },
  "waits-reached": {
    subject: "Many wrong codes were typed",
    says: (who) =>
      `Many wrong MFA codes were typed for ${who}. Whoever types them knows the password or an access key.`,
    next: "If this was not you, change your password, and have your access keys replaced.",
    path: "/me",
  },
  "password-waits-reached": {
    subject: "Many wrong passwords were given",
    says: (who) =>
      `A new password was asked for ${who} many times, with a wrong old one. Whoever asks holds an access key or a session.`,
    next: "If this was not you, have your access keys replaced, end your other sessions and tell an administrator.",
    path: "/me",
  },
  "device-locked": {
    subject: "An MFA device is locked",
    says: (who) =>
      `An MFA device of ${who} takes no more codes: too many wrong ones were typed, one after another.`,
    next: "If this was not you, change your password, and have your access keys replaced.",
    path: "/me",
  },
  "confirm-contact": {
    subject: "Confirm your contact address",
    says: (who) => `This address was given as the contact address of ${who}.`,
    next: "To confirm it, open the link within a day, sign in as that user, and press the button. If you know nothing of this, do nothing.",
    path: "/confirm",
  },
  "confirm-security-contact": {
    subject: "Confirm the security contact",
    says: () => "This address was given as the security contact of an account.",
    next: "To confirm it, open the link within a day, sign in to that account, and press the button. If you know nothing of this, do nothing.",
    path: "/confirm",
  },
} satisfies Readonly<Record<NoticeKind, Template>>;

/** The mail of a notice, or undefined for one that has no address, or asks for a confirmation and has lost its token. */
export function mailOf(notice: NoticeRow, { origin, token }: MailFacts): Mail | undefined {
  const template: Template = TEMPLATES[notice.kind];
  const confirms = template.path === "/confirm";
  if (notice.address === undefined || (confirms && token === undefined)) return undefined;
  const who = notice.userName === undefined ? "the root user" : `the user ${shownText(notice.userName)}`;
  return {
    to: notice.address,
    id: notice.noticeId,
    subject: template.subject,
    text: letter([
      template.says(who),
      factsOf(notice).join("\n"),
      template.next,
      `${origin}${template.path}${confirms ? `#${token}` : ""}`,
      "Opening the link changes nothing by itself: you act by a button on the page. Nobody asks for a password or a code by mail.",
    ]),
  };
}

/** The mail by which an administrator sees that mail works. */
export const testMail = (to: string, account: string, at: EpochMs, origin: string): Mail => ({
  to,
  subject: "Test message",
  text: letter([
    "This is a test message. Mail from this server reaches you.",
    [...linesOf([["Account", account]]), `When: ${moment(at)}`].join("\n"),
    "It was asked for in the account settings. If you know nothing of it, do nothing.",
    `${origin}/`,
  ]),
});

const letter = (parts: readonly string[]): string =>
  `${parts.map((part) => part.split("\n").map(wrapped).join("\n")).join("\n\n")}\n`;

function factsOf({ accountId, at, details }: NoticeRow): readonly string[] {
  const { device, address, by, sourceIp, userAgent } = details;
  return [
    ...linesOf([
      ["Account", accountId],
      ["Device", nameOf(device)],
      ["New address", address],
    ]),
    `When: ${moment(at)}`,
    ...linesOf([
      ["By", nameOf(by)],
      ["From", sourceIp],
      ["With", userAgent],
    ]),
  ];
}

const linesOf = (facts: readonly (readonly [name: string, value: string | undefined])[]): readonly string[] =>
  facts.flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [`${name}: ${shownText(value)}`],
  );

/** Of an ARN the name. */
const nameOf = (text: string | undefined): string | undefined =>
  text?.startsWith("arn:") ? text.slice(text.search(/[^/:]*$/)) : text;

/** `2026-11-24 16:50:10 UTC` */
const moment = (at: EpochMs): string => isoSeconds(at).replace("T", " ").replace("Z", " UTC");

const WIDTH = 76;

/** Lines of at most `WIDTH` characters, cut between words; a longer word has a line of its own. */
const wrapped = (line: string): string =>
  line.replaceAll(new RegExp(`(?=.{${WIDTH + 1}})(.{1,${WIDTH}}) `, "gu"), "$1\n");
