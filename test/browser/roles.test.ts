import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { missing } from "../support/tools.ts";
import type { TestAccount } from "../support/world.ts";
import { axeFaults } from "./axe.ts";
import { chromiumFor } from "./opened.ts";
import { button, enter, equip, field, hire, openAccount, says } from "./people.ts";
import { openServed, type Served } from "./served.ts";
import { openVisitor } from "./visitor.ts";

const skip = missing("chromium");

const browser = chromiumFor(skip);

const dialog = (page: Page) => page.getByRole("dialog");
const editor = (page: Page) => page.getByRole("textbox", { name: "Policy document" });
const tab = (page: Page, name: string) => page.getByRole("tab", { name }).click();

async function confirm(page: Page, verb: string, name: string): Promise<void> {
  await button(page, verb).click();
  await field(page, `To confirm, type ${name}`).fill(name);
  await button(dialog(page), verb).click();
}

const document = (...statements: object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements }, undefined, 2);

/** Ben, whose own policy lets him assume every role, with his keys and his phone. */
async function hireBen(served: Served, account: TestAccount) {
  const { iam } = served.world.clients(account.admin);
  await hire(served, account, "ben");
  await iam.putUserPolicy({
    UserName: "ben",
    PolicyName: "assume",
    PolicyDocument: document({ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }),
  });
  const phone = await equip(served, account.admin, "ben");
  const { AccessKey } = await iam.createAccessKey({ UserName: "ben" });
  const keys = {
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  };
  return { keys, phone, serial: `arn:aws:iam::${account.accountId}:mfa/ben` };
}

test("an administrator makes a role that asks for MFA, mends its trust policy after another, and deletes it", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const { iam } = served.world.clients(account.admin);
  const ada = await hire(served, account, "ada", { administrator: true });
  const ben = await hireBen(served, account);
  const { page, complaints } = await openVisitor(browser());
  await enter(served, page, ada, "/roles");

  await says(page, "No roles yet");
  await button(page, "Create role").first().click();
  await button(page, "Create role").click();
  await says(page, "The name must be 1 to 64");
  await field(page, "Role name").fill("deploy");
  await page.getByRole("radio", { name: "Another account" }).check();
  await field(page, "Account ID").fill("1234");
  await button(page, "Create role").click();
  await says(page, "An account ID has twelve digits.");
  await page.getByRole("radio", { name: "This account" }).check();
  await page.getByRole("checkbox", { name: "Require MFA" }).check();
  const preview = page.getByRole("region", { name: "The trust policy that this makes" });
  await says(preview, '"aws:MultiFactorAuthPresent": "true"');
  assert.deepEqual(await axeFaults(page), []);
  await button(page, "Create role").click();
  await says(page, "The role deploy was created.");
  const RoleArn = `arn:aws:iam::${account.accountId}:role/deploy`;
  await says(page, RoleArn);
  assert.deepEqual(await axeFaults(page), []);

  // what the page has made decides: without a code nobody, with one ben
  const assume = (mfa: object = {}) =>
    served.world.clients(ben.keys).sts.assumeRole({ RoleArn, RoleSessionName: "ben", ...mfa });
  await assert.rejects(assume(), { name: "AccessDenied" });
  const { Credentials } = await assume({ SerialNumber: ben.serial, TokenCode: ben.phone.next() });
  const session = {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  };
  const whoAmI = () => served.world.clients(session).sts.getCallerIdentity({});
  assert.match((await whoAmI()).Arn ?? "", /assumed-role\/deploy\/ben$/);

  await tab(page, "Trust relationships");
  await button(page, "Edit trust policy").click();
  const trust = { Effect: "Allow", Action: "sts:AssumeRole" };
  await editor(page).fill(document({ ...trust, Effect: "Alow", Principal: { AWS: account.accountId } }));
  await page.getByRole("button", { name: "Line 5, column 17" }).waitFor();
  await button(page, "Save").click();
  await says(page, "Mend the errors first.");
  const mended = document({ ...trust, Principal: { AWS: `arn:aws:iam::${account.accountId}:user/ben` } });
  await editor(page).fill(mended);
  await says(page, "No problems found");
  // meanwhile somebody else, with the AWS CLI's call
  const theirs = document({ ...trust, Principal: { AWS: `arn:aws:iam::${account.accountId}:user/ada` } });
  await iam.updateAssumeRolePolicy({ RoleName: "deploy", PolicyDocument: theirs });
  await button(page, "Save").click();
  await says(page, "Somebody else has changed this policy");
  await assert.rejects(assume(), { name: "AccessDenied" }, "the second one overwrote the first");
  await button(page, "Keep mine").click();
  await button(page, "Save").click();
  await says(page, "The trust policy was saved and is in force.");
  await assume();

  await tab(page, "Sessions");
  await confirm(page, "Revoke sessions", "deploy");
  await says(page, "All sessions of deploy have ended.");
  await assert.rejects(whoAmI(), { name: "InvalidClientTokenId" });

  await button(page, "Edit").click();
  await field(dialog(page), "Description - optional").fill("For releases");
  await chooseHours(dialog(page), "4 hours");
  await button(dialog(page), "Save").click();
  await says(page, "The role deploy was saved.");
  const { Role } = await iam.getRole({ RoleName: "deploy" });
  assert.deepEqual([Role?.Description, Role?.MaxSessionDuration], ["For releases", 14_400]);

  // what has policies goes with them, as the confirmation says
  const PolicyArn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";
  await iam.attachRolePolicy({ RoleName: "deploy", PolicyArn });
  const PolicyDocument = document({ Effect: "Allow", Action: "iam:GetUser", Resource: "*" });
  await iam.putRolePolicy({ RoleName: "deploy", PolicyName: "own", PolicyDocument });
  await confirm(page, "Delete role", "deploy");
  await says(page, "The role deploy was deleted.");
  await says(page, "No roles yet");
  assert.deepEqual((await iam.listRoles({})).Roles, []);
  assert.deepEqual(complaints, []);
});

async function chooseHours(where: Locator, hours: string): Promise<void> {
  await where.getByRole("button", { name: /Longest session/ }).click();
  await where.page().getByRole("option", { name: hours }).click();
}
