import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { becomes } from "../support/becomes.ts";
import { missing } from "../support/tools.ts";
import { chromiumFor } from "./opened.ts";
import { ACCOUNT_NAME, button, enter, equip, field, givePassword, hire, openAccount } from "./people.ts";
import { openServed } from "./served.ts";
import { atRest, openVisitor } from "./visitor.ts";

const skip = missing("chromium", "oathtool");

const browser = chromiumFor(skip);

const rowsOf = (page: Page, table: string) =>
  page.getByRole("table", { name: table }).locator("tbody tr td:first-child");

/** That the chart says these counts of its last day, which is `now`'s: a reader goes there by keyboard. */
async function counts(page: Page, now: number, expected: readonly string[]): Promise<void> {
  await page.getByRole("application", { name: /^Sign-ins of the last 14 days/ }).focus();
  // to the first day, and from there back to the last
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  const day = new Date(now).toLocaleDateString("en", { day: "numeric", month: "short", timeZone: "UTC" });
  const told = page.locator("[class*=popover-body]").filter({ has: page.getByText(day, { exact: true }) });
  await becomes(expected, () => told.getByRole("listitem").allTextContents());
  await page.keyboard.press("Escape");
}

test("the dashboard tells what to do, counts sign-ins and who lacks MFA, and its notices are dismissed", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const ada = await hire(served, account, "ada", { administrator: true });
  await hire(served, account, "ben");
  const cai = await hire(served, account, "cai");
  const phone = await equip(served, account.admin, "cai");
  const { page, context, complaints } = await openVisitor(browser());
  const says = (text: string) => page.getByText(text, { exact: true }).first().waitFor();
  await enter(served, page, ada, "/");

  await page.getByRole("heading", { name: "Security recommendations (3)" }).waitFor();
  await becomes(
    ["Add MFA for the root user", "Delete the root user's access keys", "Add MFA for yourself"],
    () => page.locator(".recommendations strong").allTextContents(),
  );
  await says("1 critical, 2 warnings");
  await says("1 of 3 users with console access have MFA.");
  await says("33 %");
  await counts(page, served.world.now, ["Without MFA1", "Failed0"]);
  // of those who can sign in the latest first
  await becomes(["ada", "ben"], () => rowsOf(page, "Users without MFA").allTextContents());
  const rootLink = `${served.origin}/signin`;
  await page.getByText(`Sign-in link for root: ${rootLink}`).first().waitFor();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await button(page, "Copy sign-in link").click();
  const link = `${rootLink}?account=${ACCOUNT_NAME}`;
  await becomes(link, () => page.evaluate<string>("navigator.clipboard.readText()"));

  // cai follows the link: once with a wrong password, then with his code
  const other = await openVisitor(browser());
  await other.page.goto(link);
  await becomes(ACCOUNT_NAME, () => field(other.page, "Account ID or alias").inputValue());
  await givePassword(other.page, { ...cai, password: "Not-his-password-1" });
  await other.page.getByText("These details do not fit together").first().waitFor();
  await givePassword(other.page, cai);
  await field(other.page, "MFA code").fill(phone.next());
  await other.page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  await other.page.getByText("You may not see the account's numbers").first().waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Security recommendations (3)" }).waitFor();
  await counts(page, served.world.now, ["Without MFA1", "Authenticator app1", "Failed1"]);

  // ben gets a device from here, and lacks MFA no more
  await page.getByRole("link", { name: "Assign MFA device to ben" }).click();
  await page.getByRole("heading", { level: 1, name: "Assign MFA device to ben" }).waitFor();
  await equip(served, account.admin, "ben");
  await page.goto(served.origin);
  await says("2 of 3 users with console access have MFA.");
  await says("67 %");
  await becomes(["ada"], () => rowsOf(page, "Users without MFA").allTextContents());

  // nothing could be mailed: it waits here, for whom it concerns and for her who looks after all
  await button(page, "Dismiss: Your password was changed").click();
  await button(page, "Dismiss: An MFA device was added to cai").click();
  await button(page, "Dismiss: An MFA device was added to cai").waitFor({ state: "detached" });
  // what is asked is not answered any more when a page has gone
  await atRest(page);
  await page.reload();
  await becomes(
    ["An MFA device was added to ben", "The password of cai was changed", "The password of ben was changed"],
    () => rowsOf(page, "Notices").allTextContents(),
  );
  await atRest(page);
  assert.equal(await page.getByText("Your password was changed", { exact: true }).count(), 0);
  assert.deepEqual([...complaints, ...other.complaints], []);
});
