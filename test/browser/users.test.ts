import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { becomes } from "../support/becomes.ts";
import { missing } from "../support/tools.ts";
import { chromiumFor } from "./opened.ts";
import { button, enter, equip, field, givePassword, hire, openAccount, says, secretOn } from "./people.ts";
import { openServed } from "./served.ts";
import { openVisitor } from "./visitor.ts";

const skip = missing("chromium");

const browser = chromiumFor(skip);

/** What the first column has, from the top. */
const shownNames = (page: Page): Promise<string[]> =>
  page.getByRole("table", { name: "Users" }).locator("tbody td:first-child a").allTextContents();

const nameAt = (page: Page, row: number) =>
  page.getByRole("table", { name: "Users" }).locator("tbody tr").nth(row).locator("td:first-child a");

async function filterBy(page: Page, text: string): Promise<void> {
  await page.getByLabel("Find users", { exact: true }).fill(text);
  await page.keyboard.press("Enter");
}

const giveFile = (page: Page, text: string) =>
  page
    .locator("input[type=file]")
    .setInputFiles({ name: "users.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

async function exported(page: Page): Promise<string[][]> {
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Export CSV").click()]);
  const lines = readFileSync(await download.path(), "utf8")
    .trimEnd()
    .split("\r\n");
  return lines.map((line) => line.split(","));
}

test("users are created by hand and from a file, found, sorted, paged and exported", { skip }, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const { iam } = served.world.clients(account.admin);
  const ada = await hire(served, account, "ada", { administrator: true });
  const narrow = await hire(served, account, "narrow");
  await hire(served, account, "safe");
  await equip(served, account.admin, "safe");
  for (const GroupName of ["developers", "readers"]) await iam.createGroup({ GroupName });
  const { page, complaints } = await openVisitor(browser());
  await enter(served, page, ada, "/users");
  await page.getByRole("heading", { name: "Users (4)" }).waitFor();

  // by hand, with a password that he must change
  await button(page, "Create user").first().click();
  await button(page, "Create user").click();
  await says(page, "The name must be 1 to 64 letters");
  await field(page, "User name").fill("ADA");
  await button(page, "Create user").click();
  await says(page, "User with name ADA already exists.");
  await field(page, "User name").fill("grace");
  await field(page, "Path").fill("/navy/");
  await page.getByLabel("Groups").first().click();
  await page.getByRole("option", { name: "developers" }).click();
  await page.keyboard.press("Escape");
  await button(page, "Add new tag").click();
  await page.getByPlaceholder("Enter key").fill("team");
  await page.keyboard.press("Tab");
  await page.getByPlaceholder("Enter value").fill("compilers");
  await page.keyboard.press("Tab");
  await page.getByLabel("Let this user sign in to the console").check();
  await button(page, "Create user").click();
  await page.getByRole("heading", { name: "grace can sign in now" }).waitFor();
  assert.match((await page.locator(".secret").textContent()) ?? "", /^•+$/, "the password is shown unasked");
  await button(page, "Show password").click();
  const password = await secretOn(page);
  const { User } = await iam.getUser({ UserName: "grace" });
  assert.equal(User?.Path, "/navy/");
  assert.deepEqual(User?.Tags, [{ Key: "team", Value: "compilers" }]);
  assert.deepEqual(
    (await iam.getLoginProfile({ UserName: "grace" })).LoginProfile?.PasswordResetRequired,
    true,
  );
  const hers = await openVisitor(browser());
  await hers.page.goto(`${served.origin}/signin`);
  await givePassword(hers.page, { account: ada.account, name: "grace", password });
  await hers.page.getByRole("heading", { name: "Change password" }).waitFor();
  await hers.context.close();

  // from a file: first with errors, then mended
  await page.goto(`${served.origin}/users/import`);
  await giveFile(page, 'name,path\n"u1,/\n');
  await says(page, "Line 2: a quotation mark that is not closed");
  const people = Array.from({ length: 120 }, (_, at) => `u${String(at).padStart(3, "0")}`);
  const rows = people.map((name) => `${name};/crew/;developers readers;team=crew\r\n`);
  await giveFile(page, ["name;path;groups;tags\r\n", ...rows, "Grace;crew;nobody;\r\n"].join(""));
  await says(page, "Something is wrong with one user");
  await page.getByLabel("Only users with problems").check();
  await says(page, "The path must begin and end with a slash.");
  await says(page, /group with name nobody cannot be found/i);
  await becomes(true, () => button(page, "Create users").isDisabled());
  await giveFile(page, ["name;path;groups;tags\r\n", ...rows].join(""));
  await says(page, "All 120 users can be created.");
  assert.equal((await iam.listUsers({ PathPrefix: "/crew/" })).Users?.length, 0, "a look at it made users");
  await button(page, "Create 120 users").click();
  await says(page, "120 users were created");
  const { Groups } = await iam.listGroupsForUser({ UserName: "u119" });
  assert.deepEqual(Groups?.map(({ GroupName }) => GroupName).toSorted(), ["developers", "readers"]);
  await button(page, "All users").click();

  // a page at a time
  await page.getByRole("heading", { name: "Users (125)" }).waitFor();
  await nameAt(page, 0).getByText("ada").first().waitFor();
  const seen = await shownNames(page);
  for (const first of ["u045", "u095"]) {
    await button(page, "Next page").click();
    await nameAt(page, 0).getByText(first).first().waitFor();
    seen.push(...(await shownNames(page)));
  }
  assert.deepEqual(seen, ["ada", "admin", "grace", "narrow", "safe", ...people]);
  await becomes(true, () => button(page, "Next page").isDisabled());
  await button(page, "Previous page").click();
  await nameAt(page, 0).getByText("u045").first().waitFor();

  await page.getByRole("button", { name: "User name" }).click();
  await nameAt(page, 0).getByText("u119").first().waitFor();

  // what is asked for outlives a reload, and so does the order
  await filterBy(page, "MFA = none");
  await says(page, "124 matches");
  await filterBy(page, "Console access = enabled");
  await says(page, "3 matches");
  await page.reload();
  await says(page, "3 matches");
  await becomes(["narrow", "grace", "ada"], () => shownNames(page));
  const sheet = await exported(page);
  assert.deepEqual(sheet[0]?.slice(0, 5), ["name", "path", "groups", "mfa", "console_access"]);
  assert.deepEqual(
    sheet.slice(1).map((cells) => cells.slice(0, 5)),
    [
      ["narrow", "/", "", "none", "yes"],
      ["grace", "/navy/", "developers", "none", "yes"],
      ["ada", "/", "", "none", "yes"],
    ],
  );
  await filterBy(page, "nobody at all");
  await says(page, "No user matches");
  await button(page, "Clear filters").last().click();
  await page.getByRole("heading", { name: "Users (125)" }).waitFor();
  assert.equal((await exported(page)).length, 126, "an export has all pages");
  await filterBy(page, "MFA = virtual");
  await nameAt(page, 0).getByText("safe").first().waitFor();
  await page.getByText("Authenticator app", { exact: true }).last().waitFor();
  assert.deepEqual(complaints, []);

  // who may less
  const theirs = await openVisitor(browser());
  await enter(served, theirs.page, narrow, "/users");
  await says(theirs.page, "You may not list users");
  await says(theirs.page, /countersign:ListUserSummaries/);
  await button(theirs.page, "Create user").click();
  await field(theirs.page, "User name").fill("friend");
  await button(theirs.page, "Create user").click();
  await says(theirs.page, "You may not create users");
  assert.equal(await field(theirs.page, "User name").inputValue(), "friend", "what was typed is lost");
  assert.deepEqual(theirs.complaints, []);
});
