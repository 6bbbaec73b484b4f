import assert from "node:assert/strict";
import { test } from "node:test";
import type { RawRequest, RawResponse } from "#wire/raw.ts";
import { authenticator } from "../support/authenticator.ts";
import { openPage } from "../support/page.ts";
import { createAccount, startServer } from "../support/server.ts";
import { startMailbox } from "../support/smtp.ts";

/** A browser's request over the network. */
const browsing =
  (origin: string) =>
  async ({ target, rawHeaders, body }: RawRequest): Promise<RawResponse> => {
    const headers = new Headers();
    for (let at = 0; at < rawHeaders.length; at += 2)
      headers.set(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
    const answer = await fetch(`${origin}${target}`, { method: "POST", headers, body: new Uint8Array(body) });
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      cookies: answer.headers.getSetCookie(),
      body: await answer.text(),
    };
  };

test("root signs in and adds a device, and a mail tells of it; the server stops at once all the same", async () => {
  await using box = await startMailbox();
  const server = await startServer({
    settings: { COUNTERSIGN_SMTP_URL: box.url, COUNTERSIGN_MAIL_FROM: "countersign@example.com" },
  });
  const origin = `http://localhost:${server.port}`;
  const email = "root@example.com";
  const { accountId, rootPassword } = await createAccount(server, { email });
  const page = openPage(browsing(origin), origin);
  await page.client.signin.SubmitPassword({ Type: "root", Email: email, Password: rootPassword });
  const { VirtualMFADevice } = await page.iam.createVirtualMFADevice({ VirtualMFADeviceName: "phone" });
  assert.ok(VirtualMFADevice?.SerialNumber && VirtualMFADevice.Base32StringSeed);
  const codes = authenticator(Buffer.from(VirtualMFADevice.Base32StringSeed).toString("ascii"));
  await page.iam.enableMFADevice({
    // root may leave it out, which the client's type does not know
    UserName: undefined as unknown as string,
    SerialNumber: VirtualMFADevice.SerialNumber,
    AuthenticationCode1: codes.code(-1),
    AuthenticationCode2: codes.code(0),
  });
  const mail = await box.next(({ subject }) => subject === "An MFA device was added");
  assert.deepEqual([mail.from, mail.to], ["countersign@example.com", [email]]);
  assert.match(mail.text, /^An MFA device was added to the root user\./);
  assert.match(mail.text, new RegExp(`^Account: ${accountId}\nDevice: phone\nWhen: 2\\d{3}-`, "m"));
  assert.match(mail.text, /^From: (?:127\.0\.0\.1|::1)\nWith: Mozilla\/5\.0 \(test\)$/m);
  assert.match(mail.text, new RegExp(`^${origin}/me$`, "m"));
  await server.stop();
  assert.doesNotMatch(server.stderr(), /"level":50/);
});
