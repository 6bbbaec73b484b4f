import assert from "node:assert/strict";
import { test } from "node:test";
import { URI } from "otpauth";
import type { Locator, Page } from "playwright-core";
import { type AccountId, issueAccountId } from "#identity/ids.ts";
import { CreateAccount } from "#operations/countersign/CreateAccount.ts";
import { CreateRootAccessKey } from "#operations/countersign/CreateRootAccessKey.ts";
import { refusal } from "../support/aws-cli.ts";
import { becomes } from "../support/becomes.ts";
import { readQrCode } from "../support/qr.ts";
import { missing } from "../support/tools.ts";
import type { Keys } from "../support/world.ts";
import { chromiumFor, commandLineFor } from "./opened.ts";
import { type App, appOf, button, field, giveTwo, says, signOut } from "./people.ts";
import { openServed, type Served } from "./served.ts";
import { atRest, openVisitor } from "./visitor.ts";

const skip = missing("chromium", "aws", "oathtool");
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const EMAIL = "owner@example.com";
const PASSWORD = "Blue-kettle-47";
/** What the wizard calls root's first device. */
const DEVICE = "root-account-mfa-device";
const BACKUP = `${DEVICE}-backup`;

const browser = chromiumFor(skip);
const { run, aws } = commandLineFor(skip);

/** The server's operator gives root an access key, which the console never does by itself. */
async function rootKey({ world }: Served, account: AccountId): Promise<Keys> {
  const made = await world.operator(account, CreateRootAccessKey, {});
  assert.ok(made.ok);
  // what this operation answers
  const { AccessKeyId, SecretAccessKey } = made.value as {
    AccessKeyId: string;
    SecretAccessKey: string;
  };
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
}

/** An account as the operator makes it, whose root has only a password. */
async function ownAccount({ world }: Served): Promise<AccountId> {
  const account = issueAccountId(world.env.deps.random);
  const made = await world.operator(account, CreateAccount, { Email: EMAIL, Password: PASSWORD });
  assert.ok(made.ok);
  return account;
}

async function giveRootPassword(page: Page, password = PASSWORD): Promise<void> {
  await page.getByRole("radio", { name: /^Root user/ }).check();
  await field(page, "Root user e-mail address").fill(EMAIL);
  await field(page, "Password").fill(password);
  await button(page, "Sign in").click();
}

/** The wizard's second step, whose QR code a phone reads off the screen. */
async function photograph(served: Served, page: Page): Promise<App> {
  await button(page, "Next").click();
  await button(page, "Show QR code").click();
  await page.getByRole("img", { name: /^QR code/ }).scrollIntoViewIfNeeded();
  // it is drawn by and by
  await page.locator("img.qr[src]").waitFor();
  await page.evaluate("document.querySelector('img.qr').decode()");
  const { secret } = URI.parse(readQrCode(await page.screenshot()));
  return appOf(served, secret.base32);
}

/** Root's first device, by the wizard that stands behind the password; ends where its code is asked. */
async function enrol(served: Served, page: Page): Promise<App> {
  const app = await photograph(served, page);
  await giveTwo(page, app.pair(), "Add MFA");
  await says(page, `${DEVICE} works from now on.`);
  await button(page, "Continue").click();
  return app;
}

const nameOf = ({ SerialNumber }: { readonly SerialNumber: string }) => SerialNumber.split("/").at(-1);

/** The account's ID, as the dashboard has it. */
const shownAccount = async (page: Page) => (await page.getByText(/^\d{12}$/).textContent()) as AccountId;

const code = (page: Page | Locator) => field(page, "MFA code");
const atDashboard = (page: Page) => page.getByRole("heading", { name: "Dashboard" }).waitFor();

test("a first run: a link makes the account, root's QR code is read off the screen, and its code signs in", {
  skip,
}, async () => {
  await using served = await openServed();
  const { page, complaints } = await openVisitor(browser());
  await page.goto(served.origin);
  await says(page, "There is no account yet");
  const old = await served.setUpLink();
  await page.goto(`${served.origin}/setup#no-such-link`);
  await field(page, "Account name - optional").fill("acme");
  await field(page, "Root user e-mail address").fill(EMAIL);
  await setsPassword(page, "Password1!");
  const refused = page.getByText("This set-up link does not work").first();
  await refused.waitFor();
  // what was typed is kept, and what was said of one link is not said of another
  await page.goto(old);
  await refused.waitFor({ state: "hidden" });
  served.leap(61 * MINUTE);
  await button(page, "Create account").click();
  await refused.waitFor();
  // other programs' clocks are as they were
  served.leap(-61 * MINUTE);
  const link = await served.setUpLink();
  await page.goto(link);
  await refused.waitFor({ state: "hidden" });
  await button(page, "Create account").click();
  await says(page, "This password is too easy to guess");
  await setsPassword(page, PASSWORD);

  await says(page, "You can put this off for 35 more days.");
  const phone = await photograph(served, page);
  await giveTwo(page, ["123456", "654321"], "Add MFA");
  await says(page, "These two codes were not accepted");
  const pair = phone.pair();
  await giveTwo(page, pair, "Add MFA");
  await says(page, `${DEVICE} works from now on.`);
  await button(page, "Continue").click();
  await refusesCode(page, pair[1]);
  const used = phone.next();
  await code(page).fill(used);
  await atDashboard(page);
  await says(page, "The root user has MFA");
  await says(page, "Add a backup device");
  const account = await shownAccount(page);
  const key = await rootKey(served, account);
  const { MFADevices } = await aws(served, key, "iam list-mfa-devices");
  assert.deepEqual(MFADevices.map(nameOf), [DEVICE]);
  assert.equal((await aws(served, key, "iam get-account-summary")).SummaryMap.AccountMFAEnabled, 1);
  const { SerialNumber: serial } = MFADevices[0];
  const taken = await run(served, key, `iam delete-virtual-mfa-device --serial-number ${serial}`);
  assert.equal(refusal(taken).code, "DeleteConflict");

  await signOut(page, "Root user");
  await says(page, "You are signed out.");
  await page.goto(link);
  await says(page, "The account has been made already");
  await button(page, "Go to sign in").click();
  await giveRootPassword(page, "Not-the-password-1");
  await says(page, "These details do not fit together");
  await giveRootPassword(page);
  await refusesCode(page, phone.wrong());
  await refusesCode(page, used);
  await code(page).fill(phone.next());
  await atDashboard(page);
  assert.deepEqual(complaints, []);
});

async function setsPassword(page: Page, password: string): Promise<void> {
  await field(page, "Root user password").fill(password);
  await field(page, "New password again").fill(password);
  await button(page, "Create account").click();
}

/** A code is refused in words, and the field is empty for the next one. */
async function refusesCode(page: Page, refused: string): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().postDataJSON()?.Code === refused);
  await code(page).fill(refused);
  assert.equal((await answered).status(), 403);
  await says(page, "This code was not accepted");
  await says(page, "A code works once, and for about a minute.");
  await becomes("", () => code(page).inputValue());
}

test("root without MFA is warned and reminded, may put it off for 35 days, and then does nothing before it", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await ownAccount(served);
  const { page, complaints } = await openVisitor(browser(), { phone: true, dark: true });
  await page.goto(served.origin);
  await giveRootPassword(page);
  await says(page, "You can put this off for 35 more days.");
  await button(page, "Skip for now").click();
  await atDashboard(page);
  const open = page.locator(".recommendations li").first();
  await says(open, "Add MFA for the root user");
  const key = await rootKey(served, account);
  assert.equal((await aws(served, key, "sts get-caller-identity")).Arn, `arn:aws:iam::${account}:root`);
  await page.reload();
  await button(page, "See access keys").click();
  await button(page, `Delete ${key.accessKeyId}`).click();
  const dialog = page.getByRole("dialog");
  await field(dialog, `To confirm, type ${key.accessKeyId}`).fill(key.accessKeyId);
  await button(dialog, "Delete").click();
  await says(page, `${key.accessKeyId} was deleted.`);
  assert.equal(refusal(await run(served, key, "sts get-caller-identity")).code, "InvalidClientTokenId");

  await atRest(page);
  served.leap(34 * DAY);
  await page.reload();
  await says(page, "Your session has ended");
  await giveRootPassword(page);
  await says(page, "You can put this off for one more day.");
  await button(page, "Skip for now").click();
  await says(page, "No MFA devices");

  await atRest(page);
  served.leap(DAY);
  await page.reload();
  await giveRootPassword(page);
  await says(page, "From now on this user needs a second factor.");
  assert.equal(await button(page, "Skip for now").count(), 0);
  await page.goto(served.origin);
  await says(page, "From now on this user needs a second factor.");
  await button(page, "Cancel").click();
  await giveRootPassword(page);
  const phone = await enrol(served, page);
  await code(page).fill(phone.next());
  await atDashboard(page);
  await says(page, "The root user has MFA");
  assert.deepEqual(complaints, []);
});

test("root has two devices, chooses between them, ends sessions, and takes the devices away again", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await ownAccount(served);
  const key = await rootKey(served, account);
  const { page, complaints } = await openVisitor(browser());
  const devices = async () => (await aws(served, key, "iam list-mfa-devices")).MFADevices.map(nameOf).sort();
  await page.goto(`${served.origin}/me`);
  await giveRootPassword(page);
  const phone = await enrol(served, page);
  await code(page).fill(phone.next());
  await button(page, "Assign MFA device").click();
  const drawer = await photograph(served, page);
  await giveTwo(page, drawer.pair(), "Add MFA");
  await says(page, `${BACKUP} works from now on.`);
  await button(page, "Done").click();
  assert.deepEqual(await devices(), [DEVICE, BACKUP]);

  const elsewhere = await openVisitor(browser(), { phone: true });
  await elsewhere.page.goto(`${served.origin}/me`);
  await giveRootPassword(elsewhere.page);
  await button(elsewhere.page, "Try another method").click();
  await elsewhere.page.getByLabel(BACKUP).check();
  await code(elsewhere.page).fill(drawer.next());
  await says(elsewhere.page, "Console sessions");
  await page.reload();
  const sessions = page.getByRole("table", { name: "Console sessions" });
  await says(sessions, "This browser");
  await becomes(1, () => button(sessions, "End session").count());
  await button(page, "End all others").click();
  await button(page.getByRole("dialog"), "End other sessions").click();
  await says(page, "One other session was ended.");
  await elsewhere.page.reload();
  await says(elsewhere.page, "Your session has ended");

  await atRest(page);
  served.leap(5 * MINUTE);
  await removes(page, DEVICE);
  await says(page, "Is it still you?");
  const asked = page.getByRole("dialog", { name: "Is it still you?" });
  await code(asked).fill(phone.next());
  await says(page, `${DEVICE} was removed.`);
  assert.deepEqual(await devices(), [BACKUP]);
  await removes(page, BACKUP, /^This is root's last MFA device\./);
  await says(page, "No MFA devices");
  assert.deepEqual(await devices(), []);
  await page.goto(served.origin);
  await says(page, "Add MFA for the root user");
  assert.deepEqual([...complaints, ...elsewhere.complaints], []);
});

/** Opens the question, answers it wrongly, then rightly. `warning`: what is said of the last device. */
async function removes(page: Page, name: string, warning?: RegExp): Promise<void> {
  await button(page, `Remove ${name}`).click();
  const dialog = page.getByRole("dialog", { name: `Remove ${name}?` });
  await dialog.locator("input:focus").waitFor();
  await button(dialog, "Remove").click();
  await says(dialog, "This is not the text above.");
  // what was removed before goes from the list when the server has told it
  if (warning === undefined) await becomes(0, () => dialog.getByText(/last MFA device/).count());
  else await says(dialog, warning);
  await field(dialog, `To confirm, type ${name}`).fill(name);
  await button(dialog, "Remove").click();
}
