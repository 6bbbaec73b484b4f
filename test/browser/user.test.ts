import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { becomes } from "../support/becomes.ts";
import { missing } from "../support/tools.ts";
import type { Keys } from "../support/world.ts";
import { chromiumFor, commandLineFor } from "./opened.ts";
import {
  button,
  equip,
  field,
  givePassword,
  giveTwo,
  hire,
  openAccount,
  says,
  scan,
  secretOn,
  signOut,
} from "./people.ts";
import { openServed } from "./served.ts";
import { atRest, openVisitor } from "./visitor.ts";

const skip = missing("chromium", "aws", "oathtool");
const MINUTE = 60_000;

const browser = chromiumFor(skip);
const { aws } = commandLineFor(skip);

const nameOf = ({ SerialNumber }: { readonly SerialNumber: string }) => SerialNumber.split("/").at(-1);

const rowOf = (page: Page, table: string, text: string) =>
  page.getByRole("table", { name: table }).getByRole("row").filter({ hasText: text });

const NEW_PASSWORD = "Blue-kettle-47";

test("an IAM user changes her password, has a device and a backup, signs in with it, and loses one; the AWS CLI sees it all", {
  skip,
}, async () => {
  await using served = await openServed();
  const { accountId, admin } = await openAccount(served);
  const ana = await hire(served, { admin }, "ana", { reset: true });
  const { page, complaints } = await openVisitor(browser());
  const devices = async () =>
    (await aws(served, admin, "iam list-mfa-devices --user-name ana")).MFADevices.map(nameOf).sort();

  await page.goto(`${served.origin}/me`);
  await givePassword(page, ana);
  await says(page, "An administrator has set this password.");
  await field(page, "Current password").fill(ana.password);
  await chooses(page, "short", { met: [false, false] });
  await chooses(page, "Password1!", { met: [true, true] });
  await says(page, "This password is too easy to guess");
  await chooses(page, NEW_PASSWORD, { met: [true, true] });

  // where she wanted to go
  await says(page, "No MFA devices");
  assert.equal(new URL(page.url()).pathname, "/me");
  await button(page, "Assign MFA device").click();
  const phone = await scan(served, page);
  await giveTwo(page, phone.pair(), "Add MFA");
  await says(page, "ana works from now on.");
  assert.deepEqual(await devices(), ["ana"]);

  await button(page, "Add a backup device").click();
  const drawer = await scan(served, page);
  await giveTwo(page, drawer.pair(), "Add MFA");
  // she has a device now: it is asked before there is another
  await says(page, "Is it still you?");
  await field(page, "MFA code").fill(phone.next());
  await says(page, "ana-backup works from now on.");
  assert.equal(await button(page, "Add a backup device").count(), 0);
  assert.deepEqual(await devices(), ["ana", "ana-backup"]);

  await signOut(page, "ana");
  await says(page, "You are signed out.");
  await givePassword(page, { ...ana, account: accountId, password: NEW_PASSWORD });
  await button(page, "Try another method").click();
  await page.getByLabel("ana-backup").check();
  await field(page, "MFA code").fill(drawer.next());
  await says(page, "You have a backup device");

  await page.getByRole("link", { name: "My security credentials" }).click();
  const own = await makeKey(page);
  assert.ok(!(await page.content()).includes(own.secretAccessKey), "the secret is still on the page");
  const { Arn } = await aws(served, own, "sts get-caller-identity");
  assert.equal(Arn, `arn:aws:iam::${accountId}:user/ana`);
  await aws(served, own, `iam update-access-key --access-key-id ${own.accessKeyId} --status Inactive`);
  await page.reload();
  await rowOf(page, "Access keys", own.accessKeyId).getByText("Inactive").first().waitFor();

  await button(page, "Remove ana").click();
  const dialog = page.getByRole("dialog");
  await button(dialog, "Remove").click();
  await says(dialog, "This is not the text above.");
  await field(dialog, "To confirm, type ana").fill("ana");
  await button(dialog, "Remove").click();
  await says(page, "ana was removed.");
  assert.deepEqual(await devices(), ["ana-backup"]);
  const { VirtualMFADevices } = await aws(served, admin, "iam list-virtual-mfa-devices");
  assert.deepEqual(VirtualMFADevices.map(nameOf), ["ana-backup"]);
  assert.deepEqual(complaints, []);
});

/** Types a new password twice and sends it. `met`: which of the account's rules are ticked off meanwhile. */
async function chooses(page: Page, password: string, { met }: { readonly met: readonly boolean[] }) {
  await field(page, "New password").fill(password);
  const rules = async () => {
    const lines = await page.locator(".rules li").all();
    return Promise.all(lines.map((line) => line.getAttribute("data-met")));
  };
  await becomes(met.map(String), rules);
  await field(page, "New password again").fill(password);
  await button(page, "Change password").click();
}

/** Makes an access key, and looks at its secret the one time that it is shown. */
async function makeKey(page: Page): Promise<Keys> {
  await button(page, "Create access key").click();
  await button(page.getByRole("dialog"), "Create access key").click();
  const made = page.getByRole("dialog", { name: "Your new access key" });
  await button(made, "Show").click();
  const accessKeyId = (await made.locator(".id").textContent()) ?? "";
  const secretAccessKey = await secretOn(made);
  await button(made, "Done").click();
  await rowOf(page, "Access keys", accessKeyId).getByText("Active").first().waitFor();
  return { accessKeyId, secretAccessKey };
}

test("a phone 20 minutes behind: its codes are refused, two of them bring it back in step, and a fresh one signs in", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const ana = await hire(served, account, "ana");
  const phone = await equip(served, account.admin, "ana");
  served.leap(20 * MINUTE);
  phone.behind = 20 * MINUTE;
  const { page, complaints } = await openVisitor(browser());
  await page.goto(`${served.origin}/signin?account=${account.accountId}`);
  await field(page, "IAM user name").fill("ana");
  await field(page, "Password").fill(ana.password);
  await page.keyboard.press("Enter");

  await field(page, "MFA code").fill(phone.next());
  await says(page, "This code was not accepted");
  await button(page, "Trouble with MFA?").click();
  await says(page, "This device is 20 minutes behind");
  await giveTwo(page, phone.pair(), "Resync");
  await says(page, "Your device is back in step");
  assert.equal(new URL(page.url()).pathname, "/signin/mfa");
  await field(page, "MFA code").fill(phone.next());
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();

  // it falls back farther while she is signed in
  await atRest(page);
  served.leap(3 * MINUTE);
  phone.behind += 3 * MINUTE;
  await page.getByRole("link", { name: "My security credentials" }).click();
  await button(page, "Resync ana").click();
  const dialog = page.getByRole("dialog");
  await giveTwo(dialog, ["123456", "654321"], "Resync");
  await says(dialog, "The usual causes");
  await says(dialog, /This device is 2\d minutes behind/);
  await giveTwo(dialog, phone.pair(), "Resync");
  await says(page, "ana is back in step.");
  // by this browser's own clock she has signed in 20 minutes from now
  const times = rowOf(page, "Console sessions", "This browser").locator("time");
  await times.first().waitFor();
  assert.doesNotMatch((await times.allTextContents()).join(), /\d\d minutes/);

  const events = await served.world.events(account.accountId);
  assert.deepEqual(
    events.filter(({ eventName }) => eventName === "ResyncMFADevice").map(({ errorCode }) => errorCode),
    [undefined, "InvalidAuthenticationCodeException", undefined],
  );
  assert.deepEqual(complaints, []);
});
