import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { missing } from "../support/tools.ts";
import type { TestAccount } from "../support/world.ts";
import {
  button,
  enter,
  field,
  givePassword,
  giveTwo,
  hire,
  openAccount,
  type Person,
  says,
  scan,
  secretOn,
  signOut,
} from "./people.ts";
import { openServed, type Served } from "./served.ts";
import { atRest, openChromium, openVisitor, type Visitor } from "./visitor.ts";

const skip = missing("chromium", "oathtool");

let browser: Browser;
let served: Served;
let account: TestAccount;
/** An administrator's browser. Whoever comes after her signs in on the page that is there. */
let desk: Visitor;

before(async () => {
  if (skip !== false) return;
  browser = await openChromium();
  served = await openServed();
  account = await openAccount(served);
  desk = await openVisitor(browser);
});
after(async () => {
  await browser?.close();
  await served?.[Symbol.asyncDispose]();
});

const iam = () => served.world.clients(account.admin).iam;
const dialog = (page: Page) => page.getByRole("dialog");
const tab = (page: Page, name: string) => page.getByRole("tab", { name, exact: true }).click();
/** To another page without loading, as a link inside of the console leads there. */
const goTo = (page: Page, path: string) =>
  page.evaluate(`history.pushState(null, "", ${JSON.stringify(path)})`);

/** The password that the page shows once. */
async function takePassword(page: Page, act: string): Promise<string> {
  await button(page, act).click();
  await button(dialog(page), "Set password").click();
  await button(dialog(page), "Show").click();
  const password = await secretOn(dialog(page));
  await dialog(page).getByRole("button", { name: "Close" }).last().click();
  await dialog(page).waitFor({ state: "detached" });
  return password;
}

/** What somebody does who was given a password that he must change. */
async function choose(page: Page, old: string, fresh: string, arrives: string): Promise<void> {
  await field(page, "Current password").fill(old);
  await field(page, "New password").fill(fresh);
  await field(page, "New password again").fill(fresh);
  await button(page, "Change password").click();
  await page.getByRole("heading", { level: 1, name: arrives }).waitFor();
}

test("an administrator gives a user a device and a password, and takes back what he is signed in with", {
  skip,
}, async () => {
  const ada = await hire(served, account, "ada", { administrator: true });
  await iam().createUser({ UserName: "ben" });
  await iam().createGroup({ GroupName: "team" });
  await iam().addUserToGroup({ GroupName: "team", UserName: "ben" });
  const { page } = desk;
  await enter(served, page, ada, "/users/ben/security-credentials");

  await button(page, "Assign MFA device").click();
  await page.getByRole("heading", { name: "Assign MFA device to ben" }).waitFor();
  const app = await scan(served, page);
  await giveTwo(page, app.pair(), "Add MFA");
  await says(page, "ben is ben's now.");
  await says(page, "1 device");
  assert.equal((await iam().listMFADevices({ UserName: "ben" })).MFADevices?.length, 1);

  const first = await takePassword(page, "Enable console access");
  await says(page, "the password must be changed at the next sign-in");
  assert.equal((await iam().getLoginProfile({ UserName: "ben" })).LoginProfile?.PasswordResetRequired, true);

  // ben, at a browser of his own
  const other = await openVisitor(browser);
  const ben: Person = { account: ada.account, name: "ben", password: first };
  await other.page.goto(served.origin);
  await givePassword(other.page, ben);
  await field(other.page, "MFA code").fill(app.next());
  await choose(other.page, first, "Another-horse-9-battery", "Dashboard");

  await atRest(other.page);
  await button(page, "End all sessions").click();
  await button(dialog(page), "End all sessions").click();
  await says(page, "All sessions of ben have ended.");
  await goTo(other.page, "/me");
  await says(other.page, "Your session has ended");

  const second = await takePassword(page, "Reset password");
  await givePassword(other.page, { ...ben, password: second });
  await field(other.page, "MFA code").fill(app.next());
  // where he was when his session ended
  await choose(other.page, second, "Third-horse-9-battery", "My security credentials");

  await button(page, "Remove ben").click();
  await field(dialog(page), "To confirm, type ben").fill("ben");
  await button(dialog(page), "Remove").click();
  await says(page, "ben was removed.");
  await says(page, "No MFA devices");
  assert.deepEqual((await iam().listMFADevices({ UserName: "ben" })).MFADevices, []);

  await tab(page, "Last activity");
  await page.getByRole("table", { name: "Last activity" }).getByText("ConsoleLogin").first().waitFor();
  await tab(page, "Groups");
  await page.getByRole("link", { name: "team", exact: true }).waitFor();
  assert.deepEqual(other.complaints, []);
});

test("of two administrators who move a user the second is told, and renames him all the same", {
  skip,
}, async () => {
  const { page } = desk;
  await button(page, "Rename or move").click();
  await field(dialog(page), "User name").fill("benjamin");
  await field(dialog(page), "Path").fill("/mine/");
  await iam().updateUser({ UserName: "ben", NewPath: "/theirs/" });
  await button(dialog(page), "Rename or move").click();
  await says(dialog(page), "The path is /theirs/ now.");
  assert.equal((await iam().getUser({ UserName: "ben" })).User?.Path, "/theirs/");
  await button(dialog(page), "Keep mine").click();
  await button(dialog(page), "Rename or move").click();
  await says(page, "ben is called benjamin now.");
  await page.getByRole("heading", { level: 1, name: "benjamin" }).waitFor();
  await says(page, "user/mine/benjamin");
  assert.equal(new URL(page.url()).pathname, "/users/benjamin/groups");
  const { User } = await iam().getUser({ UserName: "benjamin" });
  assert.equal(User?.Path, "/mine/");
});

test("a narrower administrator is told in words what he may not, beside what he may", { skip }, async () => {
  const eve = await hire(served, account, "eve");
  await iam().putUserPolicy({
    UserName: "eve",
    PolicyName: "see",
    PolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["iam:GetUser", "iam:ListMFADevices"], Resource: "*" }],
    }),
  });
  const { page, complaints } = desk;
  await signOut(page, "ada");
  await says(page, "You are signed out.");
  await givePassword(page, eve);
  await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  await goTo(page, "/users/benjamin/security-credentials");
  await says(page, "No MFA devices");
  await says(page, "You may not list access keys of this user");
  await says(page, /is not authorized to perform: iam:ListAccessKeys/);
  await says(page, "You may not see the console access of this user");
  await says(page, "You may not see what this user did");
  await button(page, "End all sessions").click();
  await button(dialog(page), "End all sessions").click();
  await says(dialog(page), /is not authorized to perform: countersign:RevokeSessions/);
  await button(dialog(page), "Cancel").click();
  await button(page, "Rename or move").click();
  await field(dialog(page), "Path").fill("/eve/");
  await button(dialog(page), "Rename or move").click();
  await says(dialog(page), /is not authorized to perform: iam:UpdateUser/);
  assert.equal((await iam().getUser({ UserName: "benjamin" })).User?.Path, "/mine/");
  assert.deepEqual(complaints, []);
});
