import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { becomes } from "../support/becomes.ts";
import { missing } from "../support/tools.ts";
import { chromiumFor } from "./opened.ts";
import {
  button,
  enter,
  field,
  givePassword,
  giveTwo,
  hire,
  openAccount,
  says,
  scan,
  signOut,
} from "./people.ts";
import { openServed } from "./served.ts";
import { openVisitor } from "./visitor.ts";

const skip = missing("chromium", "oathtool");

const browser = chromiumFor(skip);

async function fillSetUp(page: Page, name: string): Promise<void> {
  await field(page, "Account name - optional").fill(name);
  await field(page, "Root user e-mail address").fill(`${name}@example.com`);
  await field(page, "Root user password").fill(`Kettle-of-${name}-47`);
  await field(page, "New password again").fill(`Kettle-of-${name}-47`);
}

test("two browsers at one set-up link: the first makes the account, and the second is told that it is made", {
  skip,
}, async () => {
  await using served = await openServed();
  const link = await served.setUpLink();
  const [first, second] = await Promise.all([openVisitor(browser()), openVisitor(browser())]);
  for (const { page } of [first, second]) await page.goto(link);
  await fillSetUp(first.page, "first");
  await fillSetUp(second.page, "second");
  await button(first.page, "Create account").click();
  await says(first.page, "You can put this off for 35 more days.");

  await button(second.page, "Create account").click();
  await says(second.page, "This set-up link does not work");
  await says(second.page, "If the account exists already, sign in.");
  await becomes("second@example.com", () => field(second.page, "Root user e-mail address").inputValue());
  // neither an account nor its name nor its owner
  const { reader } = served.world.store;
  const accounts = await reader.accounts.list({ limit: 2 });
  assert.deepEqual(
    accounts.map(({ alias, rootEmail }) => [alias, rootEmail]),
    [["first", "first@example.com"]],
  );
  await button(second.page, "Go to sign in").click();
  await second.page.getByRole("radio", { name: /^Root user/ }).check();
  await field(second.page, "Root user e-mail address").fill("second@example.com");
  await field(second.page, "Password").fill("Kettle-of-second-47");
  await button(second.page, "Sign in").click();
  await says(second.page, "These details do not fit together");
  assert.deepEqual([...first.complaints, ...second.complaints], []);
});

test("two tabs that add a device of one name: cancelling in one leaves what the other has begun", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const ana = await hire(served, account, "ana");
  const { context, page, complaints } = await openVisitor(browser());
  await enter(served, page, ana, "/mfa/assign");
  await field(page, "Device name").waitFor();
  const other = await context.newPage();
  await other.goto(`${served.origin}/mfa/assign`);
  await scan(served, page);
  const phone = await scan(served, other);

  const cancelled = page.waitForResponse(
    (response) => response.request().headers()["x-amz-target"]?.endsWith(".CancelMFAEnrolment") ?? false,
  );
  await button(page, "Cancel").click();
  await cancelled;
  await says(page, "No MFA devices");
  await giveTwo(other, phone.pair(), "Add MFA");
  await says(other, "ana works from now on.");
  const { MFADevices = [] } = await served.world
    .clients(account.admin)
    .iam.listMFADevices({ UserName: "ana" });
  assert.deepEqual(
    MFADevices.map(({ SerialNumber }) => SerialNumber),
    [`arn:aws:iam::${account.accountId}:mfa/ana`],
  );
  await button(other, "Done").click();
  await signOut(other, "ana");
  await givePassword(other, ana);
  await field(other, "MFA code").fill(phone.next());
  await button(other, "ana").waitFor();
  assert.deepEqual(complaints, []);
});
