import assert from "node:assert/strict";
import { test } from "node:test";
import { becomes } from "../support/becomes.ts";
import { missing } from "../support/tools.ts";
import { axeFaults } from "./axe.ts";
import { chromiumFor } from "./opened.ts";
import { button, enter, equip, field, hire, openAccount, says } from "./people.ts";
import { openServed } from "./served.ts";
import { overflow } from "./stage.ts";
import { openVisitor } from "./visitor.ts";

const skip = missing("chromium");

const browser = chromiumFor(skip);

test("the password policy is set, a taken alias told, and a ready-made policy attached and detached by one click", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const { iam } = served.world.clients(account.admin);
  await served.world.clients((await served.world.account()).admin).iam.createAccountAlias({
    AccountAlias: "taken",
  });
  const ada = await hire(served, account, "ada", { administrator: true });
  // ben may do all, and is in the group
  await iam.createUser({ UserName: "ben" });
  await iam.attachUserPolicy({ UserName: "ben", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
  const { AccessKey } = await iam.createAccessKey({ UserName: "ben" });
  const keys = {
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  };
  await iam.createGroup({ GroupName: "admins" });
  await iam.addUserToGroup({ GroupName: "admins", UserName: "ben" });
  const app = await equip(served, account.admin, "ben");
  const { page, complaints } = await openVisitor(browser());

  await enter(served, page, ada, "/settings");
  await says(page, "The default policy holds");
  await page.getByRole("heading", { name: "Outbound connections" }).waitFor();
  await button(page, "Edit the password policy").click();
  const dialog = page.getByRole("dialog");
  await field(dialog, "Least length").fill("14");
  await dialog.getByText("a symbol").click();
  await button(dialog, "Save").click();
  await says(page, "The password policy was saved.");
  const { PasswordPolicy } = await iam.getAccountPasswordPolicy({});
  assert.equal(PasswordPolicy?.MinimumPasswordLength, 14);
  assert.equal(PasswordPolicy?.RequireSymbols, true);
  await button(page, "Account alias: Change").click();
  await field(dialog, "Alias").fill("taken");
  await button(dialog, "Save").click();
  await says(page, "This alias is taken. Choose another one.");
  await button(dialog, "Cancel").click();
  assert.deepEqual(await axeFaults(page), []);

  await page.setViewportSize({ width: 390, height: 844 });
  await becomes(0, () => overflow(page));
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByRole("link", { name: "Ready-made policies" }).click();
  const title = "No sensitive action without MFA";
  await button(page, `Attach: ${title}`).click();
  await dialog.getByRole("button", { name: /^Group/ }).click();
  await page.getByRole("option", { name: "admins" }).click();
  await says(dialog, "This does not concern yourself.");
  await button(dialog, "Attach").click();
  await says(page, `“${title}” was attached to admins.`);
  const ben = served.world.clients(keys);
  const rename = (client: typeof iam) => client.updateGroup({ GroupName: "admins", NewPath: "/team/" });
  await assert.rejects(rename(ben.iam), { name: "AccessDenied" });
  const { Credentials } = await ben.sts.getSessionToken({
    SerialNumber: `arn:aws:iam::${account.accountId}:mfa/ben`,
    TokenCode: app.next(),
  });
  await rename(
    served.world.clients({
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    }).iam,
  );
  assert.deepEqual(await axeFaults(page), []);
  await page.setViewportSize({ width: 390, height: 844 });
  await becomes(0, () => overflow(page));
  await page.setViewportSize({ width: 1280, height: 800 });
  await button(page, `Detach “${title}” from admins`).click();
  await button(dialog, "Detach").click();
  await says(page, `“${title}” was detached from admins.`);
  await ben.iam.updateGroup({ GroupName: "admins", NewPath: "/" });
  assert.deepEqual(complaints, []);
});
