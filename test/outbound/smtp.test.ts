import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { after, test } from "node:test";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { openSmtp, type SmtpServer } from "#outbound/smtp.ts";
import type { Mail, Sent } from "#ports/notifier.ts";
import { makeCertificate } from "../support/certificate.ts";
import { freePort } from "../support/port.ts";
import { quickFolder } from "../support/quick-folder.ts";
import { startMailbox } from "../support/smtp.ts";

const folder = quickFolder("smtp");
after(() => rmSync(folder, { recursive: true, force: true }));
const made = (name: string) => {
  const { cert, key } = makeCertificate(folder, name);
  return { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") };
};
const trusted = made("trusted");
setDefaultCACertificates([...getCACertificates(), trusted.cert]);

const MAIL: Mail = { to: "ana@example.com", subject: "Hello", text: "One.\n\nZwei: äöü\n" };

const open = (port: number, server: Partial<SmtpServer> = {}, password?: string) =>
  openSmtp({
    server: { host: "localhost", port, encryption: "none", user: undefined, ...server },
    password,
    from: "countersign@example.com",
    fromName: 'Us, "and" others',
  });

const refused = (reason: string, again = true): Sent => ({ ok: false, again, reason });

test("a mail arrives as it was written", async () => {
  await using box = await startMailbox();
  const notifier = open(box.port);
  assert.deepEqual([notifier.from, notifier.host], ["countersign@example.com", "localhost"]);
  assert.deepEqual(await notifier.send({ ...MAIL, id: "abc" }), { ok: true });
  const mail = await box.next();
  assert.deepEqual(
    { from: mail.from, to: mail.to, subject: mail.subject, text: mail.text },
    { from: "countersign@example.com", to: ["ana@example.com"], subject: "Hello", text: MAIL.text },
  );
  for (const line of [
    /^From: "Us, \\"and\\" others" <countersign@example\.com>$/m,
    /^To: ana@example\.com$/m,
    /^Message-ID: <abc@example\.com>$/m,
    /^Auto-Submitted: auto-generated$/m,
    /^Content-Type: text\/plain; charset=utf-8$/m,
  ]) {
    assert.match(mail.head, line);
  }
  assert.doesNotMatch(mail.head, /nodemailer/i);
});

test("STARTTLS comes before the password and the mail", async () => {
  await using box = await startMailbox({
    ...trusted,
    disabledCommands: [],
    authOptional: false,
    onAuth: ({ username = "", password }, _session, done) =>
      done(null, username === "ana" && password === "pa ss" ? { user: username } : {}),
  });
  const encrypted = { encryption: "starttls", user: "ana" } as const;
  assert.deepEqual(await open(box.port, encrypted, "pa ss").send(MAIL), { ok: true });
  const { secure, user } = await box.next();
  assert.deepEqual({ secure, user }, { secure: true, user: "ana" });
  assert.deepEqual(
    await open(box.port, encrypted, "wrong").send(MAIL),
    refused("the mail server refused the user or the password (535)"),
  );
});

test("TLS from the first byte", async () => {
  await using box = await startMailbox({ ...trusted, secure: true });
  assert.deepEqual(await open(box.port, { encryption: "tls" }).send(MAIL), { ok: true });
  assert.equal((await box.next()).secure, true);
});

test("a server without STARTTLS gets nothing in the clear", async () => {
  await using box = await startMailbox();
  const sent = await open(box.port, { encryption: "starttls" }).send(MAIL);
  assert.match(sent.ok ? "" : sent.reason, /^no encrypted connection to the mail server came about/);
  assert.deepEqual(box.all, []);
});

/** Certificates that the connection ends with, over both ways to encrypt. */
for (const encryption of ["starttls", "tls"] as const) {
  test(`a certificate that nobody vouches for gets nothing, by ${encryption}`, async () => {
    await using box = await startMailbox({
      ...made(`foreign-${encryption}`),
      secure: encryption === "tls",
      disabledCommands: [],
    });
    const sent = await open(box.port, { encryption }).send(MAIL);
    assert.deepEqual(
      sent,
      refused("the mail server's certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)"),
    );
    assert.deepEqual(box.all, []);
  });

  test(`old TLS gets nothing, by ${encryption}`, async () => {
    await using box = await startMailbox({
      ...trusted,
      secure: encryption === "tls",
      disabledCommands: [],
      minVersion: "TLSv1",
      maxVersion: "TLSv1.1",
      ciphers: "DEFAULT@SECLEVEL=0",
    });
    const sent = await open(box.port, { encryption }).send(MAIL);
    assert.equal(sent.ok, false);
    assert.deepEqual(box.all, []);
  });
}

const answering = (responseCode: number) =>
  Object.assign(new Error("ana@example.com is no good"), { responseCode });

/** What the server has against it, and what becomes of the mail. */
const ANSWERS: readonly (readonly [what: string, options: Parameters<typeof startMailbox>[0], Sent])[] = [
  [
    "the recipient is refused",
    { onRcptTo: (_address, _session, done) => done(answering(550)) },
    refused("the mail server refused the recipient (550)", false),
  ],
  [
    "the recipient is put off",
    { onRcptTo: (_address, _session, done) => done(answering(450)) },
    refused("the mail server put it off (450)"),
  ],
  [
    "the sender is refused",
    { onMailFrom: (_address, _session, done) => done(answering(553)) },
    refused("the mail server refused the sender (553)"),
  ],
  [
    "the message is refused",
    { onData: (stream, _session, done) => stream.resume().on("end", () => done(answering(554))) },
    refused("the mail server refused the message (554)", false),
  ],
  [
    "the message is put off",
    { onData: (stream, _session, done) => stream.resume().on("end", () => done(answering(451))) },
    refused("the mail server put it off (451)"),
  ],
  [
    "nobody is let in",
    { onConnect: (_session, done) => done(answering(554)) },
    refused("the mail server put it off (554)"),
  ],
];

for (const [what, options, expected] of ANSWERS) {
  test(what, async () => {
    await using box = await startMailbox(options);
    assert.deepEqual(await open(box.port).send(MAIL), expected);
  });
}

test("put off first and taken then", async () => {
  let tries = 0;
  await using box = await startMailbox({
    onRcptTo: (_address, _session, done) => done(tries++ === 0 ? answering(451) : null),
  });
  const notifier = open(box.port);
  assert.deepEqual(await notifier.send(MAIL), refused("the mail server put it off (451)"));
  assert.deepEqual(await notifier.send(MAIL), { ok: true });
});

test("a server that is not there", async () => {
  assert.deepEqual(
    await open(await freePort()).send(MAIL),
    refused("the connection to the mail server failed (ECONNREFUSED)"),
  );
});

test("a server that goes away in the middle", async () => {
  const server = createServer((socket) => {
    socket.write("220 hello\r\n");
    socket.once("data", () => socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const address = server.address();
  const sent = await open(typeof address === "object" ? (address?.port ?? 0) : 0).send(MAIL);
  assert.match(sent.ok ? "" : sent.reason, /^the connection to the mail server failed/);
  server.close();
});

test("a server that says nothing is left when this one stops", async () => {
  const server = createServer(() => {});
  server.listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const address = server.address();
  const stop = new AbortController();
  const sending = open(typeof address === "object" ? (address?.port ?? 0) : 0).send(MAIL, stop.signal);
  server.once("connection", () => stop.abort());
  assert.deepEqual(await sending, refused("it took too long, or this server was stopping"));
  server.close();
});

/** What would be more than one address, or more than a line. */
const INJECTIONS: readonly Partial<Mail>[] = [
  { to: "ana@example.com\r\nBcc: eve@example.com" },
  { to: "ana@example.com>\r\nRCPT TO:<eve@example.com" },
  { to: "ana@example.com, eve@example.com" },
  { to: "Ana <ana@example.com>" },
  { to: "ana@example.com eve@example.com" },
  { to: "<ana@example.com>" },
  { to: "team: ana@example.com, eve@example.com;" },
  { to: "ana" },
  { to: "" },
  { to: `${"a".repeat(250)}@example.com` },
];

for (const part of INJECTIONS) {
  test(`no address: ${JSON.stringify(part.to?.slice(0, 60))}`, async () => {
    await using box = await startMailbox();
    assert.deepEqual(
      await open(box.port).send({ ...MAIL, ...part }),
      refused("the address is not one that mail is sent to", false),
    );
    assert.deepEqual(box.all, []);
  });
}

test("neither subject nor text begins a header, and no text ends the mail or fetches anything", async () => {
  await using box = await startMailbox();
  const mail = {
    ...MAIL,
    subject: "a\r\nBcc: eve@example.com\nX-Evil: 1",
    text: "Bcc: eve@example.com\n.\nMAIL FROM:<eve@example.com>\n",
  };
  assert.deepEqual(await open(box.port).send(mail), { ok: true });
  const { to, head, subject, text } = await box.next();
  assert.deepEqual(
    { to, subject, text },
    {
      to: ["ana@example.com"],
      subject: "a Bcc: eve@example.com X-Evil: 1",
      text: mail.text,
    },
  );
  assert.doesNotMatch(head, /^(?:Bcc|X-Evil):/im);
  assert.equal(box.all.length, 1);
});
