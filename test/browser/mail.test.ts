import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { IAM } from "@aws-sdk/client-iam";
import type { Browser, Page } from "playwright-core";
import { createClient } from "#client/client.ts";
import { type Authenticator, authenticator } from "../support/authenticator.ts";
import { createAccount, startServer, type TestAccount, type TestServer } from "../support/server.ts";
import { sign } from "../support/sign.ts";
import { type ArrivedMail, type Mailbox, startMailbox } from "../support/smtp.ts";
import { missing } from "../support/tools.ts";
import { button, field, givePassword, hire, openAccount, type Person, says } from "./people.ts";
import { openServed } from "./served.ts";
import { openChromium, openVisitor, type Visitor } from "./visitor.ts";

const skip = missing("chromium");

const ROOT = "owner@example.com";
const FROM = "countersign@example.com";

let browser: Browser;
let mailbox: Mailbox;
let server: TestServer;
let account: TestAccount;
let iam: IAM;
/** Ada's browser, who is an administrator, and ben's. */
let [ada, ben]: Visitor[] = [];
/** Ben's phone. */
let phone: Authenticator;

before(async () => {
  if (skip !== false) return;
  mailbox = await startMailbox();
  [browser] = await Promise.all([openChromium(), startServing()]);
  [ada, ben] = await Promise.all([openVisitor(browser), openVisitor(browser)]);
});
after(async () => {
  iam?.destroy();
  await browser?.close();
  await server?.stop();
  await mailbox?.close();
});

async function startServing(): Promise<void> {
  server = await startServer({
    settings: { COUNTERSIGN_SMTP_URL: mailbox.url, COUNTERSIGN_MAIL_FROM: FROM },
  });
  account = await createAccount(server, { email: ROOT });
  iam = new IAM({ endpoint: server.url, region: "us-east-1", credentials: account.admin });
}

const origin = () => `http://localhost:${server.port}`;
const passwordOf = (name: string) => `Made-for-${name}-1`;
const person = (name: string, password = passwordOf(name)): Person => ({
  account: account.accountId,
  name,
  password,
});
const dialog = (page: Page) => page.getByRole("dialog");
/** To another page without loading, as a link inside of the console leads there. */
const goTo = (page: Page, path: string) =>
  page.evaluate(`history.pushState(null, "", ${JSON.stringify(path)})`);

/** As the administrator's own program asks, with her access key. */
const { countersign } = createClient({
  async send({ headers, body }) {
    const signed = sign(
      {
        method: "POST",
        target: "/",
        host: new URL(server.url).host,
        contentType: headers["content-type"] ?? "",
        operation: headers["x-amz-target"] ?? "",
        body,
      },
      account.admin,
      { service: "countersign", at: Date.now() },
    );
    const pairs = signed.flatMap((name, at) => (at % 2 === 0 ? [[name, signed[at + 1] ?? ""]] : []));
    const answer = await fetch(server.url, { method: "POST", headers: Object.fromEntries(pairs), body });
    return { status: answer.status, requestId: undefined, body: await answer.text() };
  },
});

async function employ(name: string): Promise<Authenticator> {
  await iam.createUser({ UserName: name });
  await iam.createLoginProfile({
    UserName: name,
    Password: passwordOf(name),
    PasswordResetRequired: false,
  });
  return equip(name, name);
}

async function equip(user: string, device: string): Promise<Authenticator> {
  const { VirtualMFADevice } = await iam.createVirtualMFADevice({ VirtualMFADeviceName: device });
  const app = authenticator(Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString());
  await iam.enableMFADevice({
    UserName: user,
    SerialNumber: VirtualMFADevice?.SerialNumber,
    AuthenticationCode1: app.code(-1),
    AuthenticationCode2: app.code(0),
  });
  return app;
}

async function signIn(page: Page, who: Person, code: string): Promise<void> {
  await givePassword(page, who);
  await field(page, "MFA code").fill(code);
}

/** The next mail to `address` with that subject, and that it is ours. */
async function mailTo(address: string, subject: string): Promise<ArrivedMail> {
  const mail = await mailbox.next((one) => one.to.includes(address) && one.subject === subject);
  assert.deepEqual([mail.to, mail.from], [[address], FROM]);
  return mail;
}

/** The only link of a mail. */
function linkIn({ text }: ArrivedMail): string {
  const links = text.match(/https?:\S+/g) ?? [];
  assert.equal(links.length, 1, text);
  return links[0];
}

test("an address counts once its owner pressed the button behind the mailed link, and a change is told to it", {
  skip,
}, async () => {
  assert.ok(ada && ben);
  const codes = await employ("ada");
  await iam.attachUserPolicy({ UserName: "ada", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
  phone = await employ("ben");
  await ada.page.goto(`${origin()}/users/ben/security-credentials`);
  await signIn(ada.page, person("ada"), codes.code(1));
  await button(ada.page, "Set address").click();
  await field(dialog(ada.page), "E-mail address").fill("ben@example.com");
  await button(dialog(ada.page), "Send link").click();
  await says(ada.page, "A link to confirm it goes to ben@example.com.");
  await says(ada.page, "Waits to be confirmed");

  const link = linkIn(await mailTo("ben@example.com", "Confirm your contact address"));
  assert.match(link, new RegExp(`^${origin()}/confirm#[\\w-]{43}$`));
  await ben.page.goto(link);
  await signIn(ben.page, person("ben"), phone.code(1));
  await says(ben.page, "You are signed in as ben.");
  const before = await countersign.GetContactAddress({ UserName: "ben" });
  assert.deepEqual([before.Address, before.Confirmed], ["ben@example.com", false]);
  await button(ben.page, "Confirm address").click();
  await says(ben.page, "The address is confirmed");
  assert.equal((await countersign.GetContactAddress({ UserName: "ben" })).Confirmed, true);

  await goTo(ada.page, "/");
  await goTo(ada.page, "/users/ben/security-credentials");
  await button(ada.page, "Change address").click();
  await field(dialog(ada.page), "E-mail address").fill("benjamin@example.com");
  await button(dialog(ada.page), "Send link").click();
  const told = await mailTo("ben@example.com", "A contact address was changed");
  assert.match(told.text, /^New address: benjamin\[at\]example\[\.\]com$/m);
  assert.match(told.text, /^By: ada$/m);
  assert.equal(linkIn(told), `${origin()}/me`);
  await mailTo("benjamin@example.com", "Confirm your contact address");
});

test("devices, the password and a new browser are told to the confirmed address, not to the one that waits", {
  skip,
}, async () => {
  assert.ok(ben);
  const password = "Another-horse-9-battery";
  await equip("ben", "tablet");
  await iam.deactivateMFADevice({
    UserName: "ben",
    SerialNumber: `arn:aws:iam::${account.accountId}:mfa/tablet`,
  });
  await iam.updateLoginProfile({ UserName: "ben", Password: password, PasswordResetRequired: false });
  await ben.context.clearCookies();
  await ben.page.goto(`${origin()}/me`);
  await signIn(ben.page, person("ben", password), phone.code(2));
  await ben.page.getByRole("heading", { level: 1, name: "My security credentials" }).waitFor();
  const added = await mailTo("ben@example.com", "An MFA device was added");
  assert.match(added.text, /^An MFA device was added to the user ben\./m);
  assert.match(added.text, /^Device: tablet$/m);
  assert.match(added.text, /^By: admin$/m);
  const removed = await mailTo("ben@example.com", "An MFA device was removed");
  assert.match(removed.text, /^Device: tablet$/m);
  const changed = await mailTo("ben@example.com", "A password was changed");
  assert.match(changed.text, /^By: admin$/m);
  assert.ok(!changed.text.includes(password));
  const seen = await mailTo("ben@example.com", "A sign-in from a new browser");
  assert.match(seen.text, /^From: 127\.0\.0\.1$/m);
  assert.match(seen.text, /^With: Mozilla/m);
  // the first sign-in of all is nobody's surprise, and nothing but its link went to the new address
  const subjects = (address: string) =>
    mailbox.all.filter(({ to }) => to.includes(address)).map(({ subject }) => subject);
  assert.equal(subjects("ben@example.com").filter((one) => one === seen.subject).length, 1);
  assert.deepEqual(subjects("benjamin@example.com"), ["Confirm your contact address"]);
  assert.deepEqual(ben.complaints, []);
});

test("the settings send a test message, and a security contact that is confirmed like a user's address", {
  skip,
}, async () => {
  assert.ok(ada);
  const { page, complaints } = ada;
  await goTo(page, "/settings");
  await says(page, "Mail is sent");
  await says(page, FROM);
  await button(page, "Send a test message").click();
  await field(dialog(page), "To").fill("ada@example.com");
  await button(dialog(page), "Send").click();
  await says(page, "The mail server took the message for ada@example.com.");
  const sample = await mailTo("ada@example.com", "Test message");
  assert.match(sample.text, new RegExp(`^Account: ${account.accountId}$`, "m"));

  await button(page, "Security contact: Set").click();
  await field(dialog(page), "To").fill("security@example.com");
  await button(dialog(page), "Send link").click();
  await says(page, "A link to confirm it goes to security@example.com.");
  const told = await mailTo(ROOT, "A contact address was changed");
  assert.match(told.text, /^New address: security\[at\]example\[\.\]com$/m);
  const link = linkIn(await mailTo("security@example.com", "Confirm the security contact"));
  assert.equal((await countersign.GetSecurityContact({})).Confirmed, false);
  await page.goto(link);
  await button(page, "Confirm address").click();
  await says(page, "The address is confirmed");
  const { Address, Confirmed } = await countersign.GetSecurityContact({});
  assert.deepEqual([Address, Confirmed], ["security@example.com", true]);
  assert.deepEqual(complaints, []);
});

test("where no mail can be sent a user is told on his next page, until he has read it", {
  skip,
}, async () => {
  await using served = await openServed();
  const without = await openAccount(served);
  const cora = await hire(served, without, "cora");
  const { page, complaints } = await openVisitor(browser);
  await page.goto(`${served.origin}/me`);
  await givePassword(page, cora);
  await says(page, "Your password was changed");
  await says(page, "Done by admin.");
  const dismissed = page.waitForResponse((answer) =>
    /DismissNotice$/.test(answer.request().headers()["x-amz-target"] ?? ""),
  );
  await page.getByRole("button", { name: /^Dismiss/ }).click();
  assert.equal((await dismissed).status(), 200);
  await page.getByText("Your password was changed").first().waitFor({ state: "detached" });
  const { store } = served.world;
  const user = await store.reader.users.byName(without.accountId, "cora");
  assert.ok(user);
  assert.deepEqual(await store.reader.notices.waitingFor(without.accountId, user.userId, 9), []);
  assert.deepEqual(complaints, []);
});
