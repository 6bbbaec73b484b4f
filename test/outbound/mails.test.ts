import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { epochMs } from "#base/clock.ts";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import { mailOf, testMail } from "#outbound/mails.ts";
import { shownText } from "#outbound/outside-text.ts";
import type { NoticeKind, NoticeRow } from "#ports/notices.ts";

const ORIGIN = "https://id.example.com";

const KINDS: Readonly<Record<NoticeKind, { readonly subject: string; readonly path: string }>> = {
  "factor-added": { subject: "An MFA device was added", path: "/me" },
  "factor-removed": { subject: "An MFA device was removed", path: "/me" },
  "password-changed": { subject: "A password was changed", path: "/me" },
  "contact-changed": { subject: "A contact address was changed", path: "/me" },
  "new-device-signed-in": { subject: "A sign-in from a new browser", path: "/me" },
  "waits-reached": { subject: "Many wrong codes were typed", path: "/me" },
  "password-waits-reached": { subject: "Many wrong passwords were given", path: "/me" },
  "device-locked": { subject: "An MFA device is locked", path: "/me" },
  "confirm-contact": { subject: "Confirm your contact address", path: "/confirm#TOKEN" },
  "confirm-security-contact": { subject: "Confirm the security contact", path: "/confirm#TOKEN" },
};
// the table has every kind
const ALL_KINDS = Object.keys(KINDS) as readonly NoticeKind[];

const notice = (part: Partial<NoticeRow> = {}): NoticeRow => ({
  accountId: "123456789012" as AccountId,
  noticeId: "notice-1",
  about: "AIDAEXAMPLE" as PrincipalId,
  userName: "ana",
  kind: "factor-added",
  at: epochMs(Date.UTC(2026, 10, 24, 16, 50, 10)),
  details: {},
  address: "ana@example.com",
  sealedToken: undefined,
  tries: 0,
  ...part,
});

const written = (part: Partial<NoticeRow> = {}, token: string | undefined = "TOKEN") =>
  mailOf(notice(part), { origin: ORIGIN, token });

for (const kind of ALL_KINDS) {
  test(`${kind}: its subject, its one link, and who it is about`, () => {
    const mail = written({ kind });
    const { subject, path } = KINDS[kind];
    assert.deepEqual([mail?.to, mail?.id, mail?.subject], ["ana@example.com", "notice-1", subject]);
    assert.deepEqual(mail?.text.match(/\S+:\/\/\S+/g), [`${ORIGIN}${path}`]);
    assert.match(mail?.text ?? "", /you act by a button on the page/);
    for (const line of mail?.text.split("\n") ?? [])
      assert.ok(line.length <= 76 || line.startsWith(ORIGIN), line);
    const root = written({ kind, userName: undefined })?.text ?? "";
    if (kind !== "confirm-security-contact") {
      assert.match(mail?.text.replaceAll("\n", " ") ?? "", /the user ana/);
      assert.match(root.replaceAll("\n", " "), /the root user/);
    }
  });
}

test("a mail as it reads", () => {
  const details = {
    device: "arn:aws:iam::123456789012:mfa/team/phone",
    by: "arn:aws:iam::123456789012:user/admin",
    sourceIp: "2001:db8::1",
    userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0",
  };
  assert.equal(
    written({ details })?.text,
    `An MFA device was added to the user ana. It can be used to sign in from now
on.

Account: 123456789012
Device: phone
When: 2026-11-24 16:50:10 UTC
By: admin
From: 2001:db8::1
With: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like…

If this was not you, change your password, end your other sessions and tell
an administrator.

https://id.example.com/me

Opening the link changes nothing by itself: you act by a button on the page.
Nobody asks for a password or a code by mail.
`,
  );
});

test("no mail without an address, and none that asks for a confirmation without its token", () => {
  assert.equal(written({ address: undefined }), undefined);
  for (const kind of ALL_KINDS) {
    const confirms = kind.startsWith("confirm-");
    assert.equal(mailOf(notice({ kind }), { origin: ORIGIN, token: undefined }) === undefined, confirms);
  }
});

test("the test message", () => {
  const mail = testMail("ana@example.com", "123456789012", epochMs(0), ORIGIN);
  assert.deepEqual([mail.to, mail.subject], ["ana@example.com", "Test message"]);
  assert.match(mail.text, /Account: 123456789012\nWhen: 1970-01-01 00:00:00 UTC/);
});

/** What somebody chose, and what a mail shows of it. */
const SHOWN: readonly (readonly [text: string, shown: string])[] = [
  ["phone", "phone"],
  ["Telefon der Käthe", "Telefon der Käthe"],
  ["  two\r\n\tlines ", "two lines"],
  ["a\u202Egnp.exe", "agnp[.]exe"],
  ["a\u200Bb\u00ADc\uFEFFd\u2066e\u{E0041}f\u3164g", "abcdefg"],
  ["ana.smith", "ana[.]smith"],
  ["www.evil.com", "www[.]evil[.]com"],
  ["https://evil.com/x?y", "https[:][/]evil[.]com/x?y"],
  ["evil。com", "evil[.]com"],
  ["evil\uFF0Ecom", "evil[.]com"],
  ["ana@evil.com", "ana[at]evil[.]com"],
  ["mailto:ana", "mailto[:]ana"],
  ["tel:+491234", "tel[:]+491234"],
  ["\\\\evil\\share", "[\\]evil\\share"],
  ["//evil", "[/]evil"],
  ["192.0.2.1", "192.0.2.1"],
  ["2001:db8::1", "2001:db8::1"],
  ["http://192.0.2.1/", "http[:][/]192.0.2.1/"],
  ["Version 1.2, at noon: yes.", "Version 1.2, at noon: yes."],
  ["x".repeat(64), "x".repeat(64)],
  ["x".repeat(65), `${"x".repeat(63)}…`],
  ["👩".repeat(65), `${"👩".repeat(63)}…`],
  ["\uD800lone", "lone"],
];

for (const [text, shown] of SHOWN) {
  test(`shown: ${JSON.stringify(text).slice(0, 60)}`, () => assert.equal(shownText(text), shown));
}

/** What mail programs make links of, more widely than any of them. */
const LINK_STARTS =
  /[\p{L}\p{N}][:：]\S|:\/\/|\bwww\.\S|[^\s\d.][.。．｡․]\S|\S[.。．｡․][^\s\d]|@|\\\\|\/\//iu;

/** Text that is made of what links are made of. */
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        ..."a.@:/\\1 \n\r\u0000\u202E\u200F。．｡․：／＼＠é👩",
        "www.",
        "https://",
        "evil.com",
        "mailto:",
        "\r\n\r\nhttps://evil.com",
      ),
      { maxLength: 100 },
    )
    .map((parts) => parts.join("")),
);

test("whatever somebody chose, a mail shows one short line without a link", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = shownText(text);
      const plain = shown.replaceAll(/\[(?:\.|at|:|\/|\\)\]/g, "?");
      assert.ok([...plain].length <= 64, plain);
      assert.doesNotMatch(shown, /[\p{C}\p{Zl}\p{Zp}]/u);
      if (shown !== text || !/^[\d.a-f:]+$/i.test(text)) assert.doesNotMatch(plain, LINK_STARTS);
    }),
    { numRuns: 2000 },
  );
});

test("whatever somebody chose, the subject and the one link of a mail stay", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ALL_KINDS),
      fc.array(hostile, { minLength: 6, maxLength: 6 }),
      (kind, texts) => {
        const [userName = "", device = "", by = "", sourceIp = "", userAgent = "", address = ""] = texts;
        const mail = written({ kind, userName, details: { device, by, sourceIp, userAgent, address } });
        assert.equal(mail?.subject, KINDS[kind].subject);
        assert.deepEqual(mail?.text.match(/\S*:\/\/\S*/g), [`${ORIGIN}${KINDS[kind].path}`]);
        assert.ok((mail?.text.length ?? 0) < 3000);
      },
    ),
    { numRuns: 500 },
  );
});
