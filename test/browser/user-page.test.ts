import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { missing } from "../support/tools.ts";
import { axeFaults } from "./axe.ts";
import {
  appOf,
  button,
  field,
  givePassword,
  giveTwo,
  hire,
  openAccount,
  secretOn,
  signOut,
} from "./people.ts";
import { openChromium, openServed, openVisitor } from "./served.ts";

const skip = missing("chromium", "oathtool");

let browser: Browser;

before(async () => {
  if (skip === false) browser = await openChromium();
});
after(() => browser?.close());

const dialog = (page: Page) => page.getByRole("dialog");
const tab = (page: Page, name: string) => page.getByRole("tab", { name }).click();

test("an administrator gives a user a device, a password, groups, tags and policies, and takes them back", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const { iam } = served.world.clients(account.admin);
  const ada = await hire(served, account, "ada");
  await iam.attachUserPolicy({ UserName: "ada", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
  await iam.createUser({ UserName: "ben" });
  await iam.createGroup({ GroupName: "team" });
  const { page, complaints } = await openVisitor(browser);
  await page.goto(`${served.origin}/users/ben/security-credentials`);
  await givePassword(page, ada);

  await button(page, "Assign MFA device").click();
  await page.getByRole("heading", { name: "Assign MFA device to ben" }).waitFor();
  await button(page, "Next").click();
  await button(page, "Show secret key").click();
  const app = appOf(served, await secretOn(page));
  await giveTwo(page, app.pair(), "Add MFA");
  await page.getByText("ben is ben's now.").waitFor();
  const { MFADevices } = await iam.listMFADevices({ UserName: "ben" });
  assert.equal(MFADevices?.length, 1);

  await button(page, "Enable console access").click();
  await button(dialog(page), "Set password").click();
  await button(dialog(page), "Show").click();
  const password = (await dialog(page).locator(".secret").textContent()) ?? "";
  await button(dialog(page), "Close").last().click();
  await page.getByText("the password must be changed at the next sign-in").waitFor();
  assert.deepEqual(await axeFaults(page), []);

  // ben signs in with what he was given
  const other = await openVisitor(browser);
  await other.page.goto(served.origin);
  await givePassword(other.page, { account: ada.account, name: "ben", password });
  await field(other.page, "MFA code").fill(app.next());
  await field(other.page, "Current password").fill(password);
  await field(other.page, "New password").fill("Another-horse-9-battery");
  await field(other.page, "New password again").fill("Another-horse-9-battery");
  await button(other.page, "Change password").click();
  await other.page.getByRole("heading", { name: "Dashboard" }).waitFor();

  await button(page, "End all sessions").click();
  await button(dialog(page), "End all sessions").click();
  await page.getByText("All sessions of ben have ended.").waitFor();
  await other.page.goto(`${served.origin}/me`);
  await field(other.page, "IAM user name").waitFor();

  await button(page, "Create access key").click();
  await button(dialog(page), "Create access key").click();
  await button(dialog(page), "Done").click();
  await button(page, "Remove ben").click();
  await field(page, "To confirm, type ben").fill("ben");
  await button(dialog(page), "Remove").click();
  await page.getByText("ben was removed.").waitFor();
  assert.deepEqual((await iam.listMFADevices({ UserName: "ben" })).MFADevices, []);

  await tab(page, "Groups");
  await button(page, "Add to group").click();
  await dialog(page).getByRole("button", { name: /Group/ }).click();
  await page.getByRole("option", { name: "team" }).click();
  await button(dialog(page), "Add").click();
  await page.getByText("ben is in team now.").waitFor();

  await tab(page, "Permissions");
  await button(page, "Attach policy").click();
  await dialog(page)
    .getByRole("button", { name: /Policy/ })
    .click();
  await page.getByRole("option", { name: /IAMReadOnlyAccess/ }).click();
  await button(dialog(page), "Attach policy").click();
  await page.getByText("IAMReadOnlyAccess was attached to ben.").waitFor();
  await button(page, "Create inline policy").click();
  await field(dialog(page), "Policy name").fill("own");
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "iam:*", Resource: "*" }] };
  await dialog(page).getByRole("textbox", { name: "Policy document" }).fill(JSON.stringify(document));
  await dialog(page).getByText("No problems found").waitFor();
  await button(dialog(page), "Save").click();
  await page.getByText("The inline policy own was saved.").waitFor();
  assert.deepEqual(await axeFaults(page), []);

  await tab(page, "Tags");
  await button(page, "Add tag").click();
  await page.locator("form input").nth(0).fill("department");
  await page.locator("form input").nth(1).fill("physics");
  await button(page, "Save tags").click();
  await page.getByText("The tags were saved.").waitFor();
  const { User } = await iam.getUser({ UserName: "ben" });
  assert.deepEqual(User?.Tags, [{ Key: "department", Value: "physics" }]);
  // what another client takes back is gone here too, and nothing is left that keeps him
  await iam.untagUser({ UserName: "ben", TagKeys: ["department"] });
  await page.reload();
  await page.getByText("No tags.").waitFor();

  await page.goto(`${served.origin}/users/nobody`);
  await page.getByRole("heading", { name: "There is no such user" }).waitFor();
  await signOut(page, "ada");
  assert.deepEqual([...complaints, ...other.complaints], []);
});

test("a narrower administrator is told in words what he may not", { skip }, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const { iam } = served.world.clients(account.admin);
  const eve = await hire(served, account, "eve");
  await iam.putUserPolicy({
    UserName: "eve",
    PolicyName: "see",
    PolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["iam:GetUser", "iam:ListMFADevices"], Resource: "*" }],
    }),
  });
  await iam.createUser({ UserName: "ben" });
  const { page, complaints } = await openVisitor(browser);
  await page.goto(`${served.origin}/users/ben/security-credentials`);
  await givePassword(page, eve);
  // what he may see is there, beside what he may not
  await page.getByText("No MFA devices").waitFor();
  await page.getByText(/is not authorized to perform: iam:ListAccessKeys/).waitFor();
  await button(page, "End all sessions").click();
  await button(dialog(page), "End all sessions").click();
  await dialog(page)
    .getByText(/is not authorized to perform: countersign:RevokeSessions/)
    .waitFor();
  await page.goto(`${served.origin}/policies`);
  await page.getByText(/is not authorized to perform: iam:ListPolicies/).waitFor();
  assert.deepEqual(complaints, []);
});
