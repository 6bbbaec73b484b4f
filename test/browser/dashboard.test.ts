import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { missing } from "../support/tools.ts";
import { ACCOUNT_NAME, button, equip, field, givePassword, hire, openAccount } from "./people.ts";
import { openServed } from "./served.ts";
import { openChromium, openVisitor } from "./visitor.ts";

const skip = missing("chromium", "oathtool");

let browser: Browser;

before(async () => {
  if (skip === false) browser = await openChromium();
});
after(() => browser?.close());

const rowsOf = (page: Page, table: string) =>
  page.getByRole("table", { name: table }).locator("tbody tr td:first-child");

/** What the chart says of its last day, which is today: a reader goes there by keyboard. */
async function today(page: Page): Promise<string> {
  await page.getByRole("application", { name: /^Sign-ins of the last 14 days/ }).focus();
  // to the first day, and from there back to the last
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  const day = new Date().toLocaleDateString("en", { day: "numeric", month: "short", timeZone: "UTC" });
  const told = page.locator("[class*=popover-body]").filter({ has: page.getByText(day, { exact: true }) });
  const lines = await told.getByRole("listitem").all();
  const counts = await Promise.all(lines.map((line) => line.textContent()));
  await page.keyboard.press("Escape");
  return counts.join(", ");
}

test("the dashboard tells what to do, counts sign-ins and who lacks MFA, and its notices are dismissed", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const { iam } = served.world.clients(account.admin);
  const ada = await hire(served, account, "ada");
  await iam.attachUserPolicy({ UserName: "ada", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
  await hire(served, account, "ben");
  const cai = await hire(served, account, "cai");
  const phone = await equip(served, account.admin, "cai");
  const { page, context, complaints } = await openVisitor(browser);
  const says = (text: string) => page.getByText(text, { exact: true }).first().waitFor();
  await page.goto(served.origin);
  await givePassword(page, ada);

  await page.getByRole("heading", { name: "Security recommendations (3)" }).waitFor();
  assert.deepEqual(await page.locator(".recommendations strong").allTextContents(), [
    "Add MFA for the root user",
    "Delete the root user's access keys",
    "Add MFA for yourself",
  ]);
  await says("1 critical, 2 warnings");
  await says("1 of 3 users with console access have MFA.");
  await says("33 %");
  assert.equal(await today(page), "Without MFA1, Failed0");
  // of those who can sign in the latest first
  assert.deepEqual(await rowsOf(page, "Users without MFA").allTextContents(), ["ada", "ben"]);
  const rootLink = `${served.origin}/signin`;
  await page.getByText(`Sign-in link for root: ${rootLink}`).first().waitFor();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await button(page, "Copy sign-in link").click();
  const link = await page.evaluate<string>("navigator.clipboard.readText()");
  assert.equal(link, `${rootLink}?account=${ACCOUNT_NAME}`);

  // cai follows the link: once with a wrong password, then with his code
  const other = await openVisitor(browser);
  await other.page.goto(link);
  assert.equal(await field(other.page, "Account ID or alias").inputValue(), ACCOUNT_NAME);
  await givePassword(other.page, { ...cai, password: "Not-his-password-1" });
  await other.page.getByText("These details do not fit together").waitFor();
  await givePassword(other.page, cai);
  await field(other.page, "MFA code").fill(phone.next());
  await other.page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  await other.page.getByText("You may not see the account's numbers").first().waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Security recommendations (3)" }).waitFor();
  assert.equal(await today(page), "Without MFA1, Authenticator app1, Failed1");

  // ben gets a device from here, and lacks MFA no more
  await page.getByRole("link", { name: "Assign MFA device to ben" }).click();
  await page.getByRole("heading", { level: 1, name: "Assign MFA device to ben" }).waitFor();
  await equip(served, account.admin, "ben");
  await page.goto(served.origin);
  await says("2 of 3 users with console access have MFA.");
  await says("67 %");
  assert.deepEqual(await rowsOf(page, "Users without MFA").allTextContents(), ["ada"]);

  // nothing could be mailed: it waits here, for whom it concerns and for her who looks after all
  await button(page, "Dismiss: Your password was changed").click();
  await button(page, "Dismiss: An MFA device was added to cai").click();
  await button(page, "Dismiss: An MFA device was added to cai").waitFor({ state: "detached" });
  await page.reload();
  await rowsOf(page, "Notices").first().waitFor();
  assert.deepEqual(await rowsOf(page, "Notices").allTextContents(), [
    "An MFA device was added to ben",
    "The password of cai was changed",
    "The password of ben was changed",
  ]);
  assert.equal(await page.getByText("Your password was changed", { exact: true }).count(), 0);
  assert.deepEqual([...complaints, ...other.complaints], []);
});
