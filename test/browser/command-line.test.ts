import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { refusal } from "../support/aws-cli.ts";
import { becomes } from "../support/becomes.ts";
import { missing } from "../support/tools.ts";
import type { Keys } from "../support/world.ts";
import { chromiumFor, commandLineFor } from "./opened.ts";
import { button, enter, giveTwo, hire, openAccount, says, scan } from "./people.ts";
import { openServed } from "./served.ts";
import { openVisitor } from "./visitor.ts";

const skip = missing("chromium", "aws", "oathtool");

const browser = chromiumFor(skip);
const { run, aws } = commandLineFor(skip);

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
  const ada = await hire(served, account, "ada", { administrator: true });
  const { page, complaints } = await openVisitor(browser());
  await enter(served, page, ada, "/users");
  await page.getByRole("heading", { level: 1, name: "Users (2)" }).waitFor();

  await aws(served, account.admin, "iam create-user --user-name ben --path /made/");
  const { AccessKey } = await aws(served, account.admin, "iam create-access-key --user-name ben");
  const ben = keysOf(AccessKey);
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Users (3)" }).waitFor();
  await page.getByRole("link", { name: "ben", exact: true }).click();
  await says(page, `arn:aws:iam::${account.accountId}:user/made/ben`);

  // a device by the console, whose code is good for a session of the command line
  await tab(page, "Security credentials");
  await says(page, AccessKey.AccessKeyId);
  await button(page, "Assign MFA device").click();
  const phone = await scan(served, page);
  await giveTwo(page, phone.pair(), "Add MFA");
  await says(page, "ben is ben's now.");
  const { MFADevices } = await aws(served, account.admin, "iam list-mfa-devices --user-name ben");
  const serial = `arn:aws:iam::${account.accountId}:mfa/ben`;
  assert.deepEqual(
    MFADevices.map(({ SerialNumber }: { readonly SerialNumber: string }) => SerialNumber),
    [serial],
  );
  const withCode = `sts get-session-token --serial-number ${serial} --token-code`;
  assert.equal(refusal(await run(served, ben, `${withCode} ${phone.wrong()}`)).code, "AccessDenied");
  const { Credentials } = await aws(served, ben, `${withCode} ${phone.next()}`);
  const session = keysOf(Credentials);

  // a policy by the console: what it permits, and what it denies to whoever has no MFA
  const look = "iam get-group --group-name team";
  await aws(served, account.admin, "iam create-group --group-name team");
  assert.equal(refusal(await run(served, ben, look)).code, "AccessDenied");
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
    served,
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
    await says(page, `${name} was attached to ben.`);
  };
  await attachPolicy("IAMReadOnlyAccess");
  assert.equal((await aws(served, ben, look)).Group.GroupName, "team");
  await attachPolicy("strict");
  assert.equal(refusal(await run(served, ben, look)).code, "AccessDenied");
  assert.equal((await aws(served, session, look)).Group.GroupName, "team");
  const { AttachedPolicies } = await aws(
    served,
    account.admin,
    "iam list-attached-user-policies --user-name ben",
  );
  assert.deepEqual(
    AttachedPolicies.map(({ PolicyName }: { readonly PolicyName: string }) => PolicyName).sort(),
    ["IAMReadOnlyAccess", "strict"],
  );

  // and back: what the command line takes away the console does not show any more
  await run(
    served,
    account.admin,
    `iam detach-user-policy --user-name ben --policy-arn arn:aws:iam::${account.accountId}:policy/strict`,
  );
  await page.reload();
  await button(page, "Detach IAMReadOnlyAccess").waitFor();
  await becomes(0, () => button(page, "Detach strict").count());
  await run(served, account.admin, `iam deactivate-mfa-device --user-name ben --serial-number ${serial}`);
  await tab(page, "Security credentials");
  await says(page, "No MFA devices");
  assert.deepEqual(complaints, []);
});
