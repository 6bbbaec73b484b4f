import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type LoadedAwsCli, loadAwsCli, printed, refusal } from "../support/aws-cli.ts";
import type { TestServer } from "../support/server.ts";
import { missing, tool } from "../support/tools.ts";
import type { Keys } from "../support/world.ts";
import { button, givePassword, giveTwo, hire, openAccount, scan } from "./people.ts";
import { openServed } from "./served.ts";
import { openChromium, openVisitor } from "./visitor.ts";

const skip = missing("chromium", "aws", "oathtool");

let browser: Browser;
let cli: LoadedAwsCli;

before(async () => {
  if (skip !== false) return;
  cli = loadAwsCli(tool("aws") ?? "aws");
  browser = await openChromium();
});
after(async () => {
  await browser?.close();
  cli?.end();
});

/** As both the CLI's answers to `create-access-key` and to `get-session-token` have them. */
interface Printed {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken?: string;
}

const keysOf = ({ AccessKeyId, SecretAccessKey, SessionToken }: Printed): Keys => ({
  accessKeyId: AccessKeyId,
  secretAccessKey: SecretAccessKey,
  ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
});

const dialog = (page: Page) => page.getByRole("dialog");
const tab = (page: Page, name: string) => page.getByRole("tab", { name, exact: true }).click();

test("a user of the AWS CLI's making has a device and a policy by the console, and both hold for the AWS CLI", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const ada = await hire(served, account, "ada");
  // no other part of a server is asked for
  const server = { url: served.origin } as TestServer;
  const run = (keys: Keys, line: string) => cli.run(server, keys, line.split(" "));
  const aws = async (keys: Keys, line: string) => printed(await run(keys, line));
  const attach = "iam attach-user-policy --policy-arn arn:aws:iam::aws:policy/AdministratorAccess";
  await run(account.admin, `${attach} --user-name ada`);
  const { page, complaints } = await openVisitor(browser);
  await page.goto(`${served.origin}/users`);
  await givePassword(page, ada);
  await page.getByRole("heading", { level: 1, name: "Users (2)" }).waitFor();

  await aws(account.admin, "iam create-user --user-name ben --path /made/");
  const { AccessKey } = await aws(account.admin, "iam create-access-key --user-name ben");
  const ben = keysOf(AccessKey);
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Users (3)" }).waitFor();
  await page.getByRole("link", { name: "ben", exact: true }).click();
  await page.getByText(`arn:aws:iam::${account.accountId}:user/made/ben`).waitFor();

  // a device by the console, whose code is good for a session of the command line
  await tab(page, "Security credentials");
  await page.getByText(AccessKey.AccessKeyId).waitFor();
  await button(page, "Assign MFA device").click();
  const phone = await scan(served, page);
  await giveTwo(page, phone.pair(), "Add MFA");
  await page.getByText("ben is ben's now.").waitFor();
  const { MFADevices } = await aws(account.admin, "iam list-mfa-devices --user-name ben");
  const serial = `arn:aws:iam::${account.accountId}:mfa/ben`;
  assert.deepEqual(
    MFADevices.map(({ SerialNumber }: { readonly SerialNumber: string }) => SerialNumber),
    [serial],
  );
  const withCode = `sts get-session-token --serial-number ${serial} --token-code`;
  assert.equal(refusal(await run(ben, `${withCode} ${phone.wrong()}`)).code, "AccessDenied");
  const { Credentials } = await aws(ben, `${withCode} ${phone.next()}`);
  const session = keysOf(Credentials);

  // a policy by the console: what it permits, and what it denies to whoever has no MFA
  const look = "iam get-group --group-name team";
  await aws(account.admin, "iam create-group --group-name team");
  assert.equal(refusal(await run(ben, look)).code, "AccessDenied");
  const strict = {
    Version: "2012-10-17",
    Statement: {
      Effect: "Deny",
      Action: "iam:GetGroup",
      Resource: "*",
      Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    },
  };
  await run(
    account.admin,
    `iam create-policy --policy-name strict --policy-document ${JSON.stringify(strict)}`,
  );
  await page.goto(`${served.origin}/users/ben/permissions`);
  const attachPolicy = async (name: string) => {
    await button(page, "Attach policy").click();
    await dialog(page)
      .getByRole("button", { name: /Policy/ })
      .click();
    await page.getByRole("option", { name: new RegExp(name) }).click();
    await button(dialog(page), "Attach policy").click();
    await page.getByText(`${name} was attached to ben.`).waitFor();
  };
  await attachPolicy("IAMReadOnlyAccess");
  assert.equal((await aws(ben, look)).Group.GroupName, "team");
  await attachPolicy("strict");
  assert.equal(refusal(await run(ben, look)).code, "AccessDenied");
  assert.equal((await aws(session, look)).Group.GroupName, "team");
  const { AttachedPolicies } = await aws(account.admin, "iam list-attached-user-policies --user-name ben");
  assert.deepEqual(
    AttachedPolicies.map(({ PolicyName }: { readonly PolicyName: string }) => PolicyName).sort(),
    ["IAMReadOnlyAccess", "strict"],
  );

  // and back: what the command line takes away the console does not show any more
  await run(
    account.admin,
    `iam detach-user-policy --user-name ben --policy-arn arn:aws:iam::${account.accountId}:policy/strict`,
  );
  await page.reload();
  await button(page, "Detach IAMReadOnlyAccess").waitFor();
  assert.equal(await button(page, "Detach strict").count(), 0);
  await run(account.admin, `iam deactivate-mfa-device --user-name ben --serial-number ${serial}`);
  await tab(page, "Security credentials");
  await page.getByText("No MFA devices").waitFor();
  assert.deepEqual(complaints, []);
});
