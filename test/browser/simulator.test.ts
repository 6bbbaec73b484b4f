import assert from "node:assert/strict";
import { test } from "node:test";
import { missing } from "../support/tools.ts";
import { axeFaults } from "./axe.ts";
import { chromiumFor } from "./opened.ts";
import { button, enter, field, hire, openAccount, says } from "./people.ts";
import { openServed } from "./served.ts";
import { openVisitor } from "./visitor.ts";

const skip = missing("chromium");

const browser = chromiumFor(skip);

test("the simulator tells what MFA unlocks, and which condition keeps the other situation out", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const { iam } = served.world.clients(account.admin);
  const ada = await hire(served, account, "ada", { administrator: true });
  await iam.createUser({ UserName: "ben" });
  await iam.putUserPolicy({
    UserName: "ben",
    PolicyName: "with-mfa",
    PolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "OnlyWithMfa",
          Effect: "Allow",
          Action: "iam:DeleteUser",
          Resource: "*",
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        },
      ],
    }),
  });
  const { page, complaints } = await openVisitor(browser());
  await enter(served, page, ada, "/simulator");
  await button(page, "Run").click();
  await says(page, "An action has the form service:Name.");
  await field(page, "Who").fill(`arn:aws:iam::${account.accountId}:user/ben`);
  await page.getByRole("combobox", { name: "Action" }).fill("iam:DeleteUser");
  await page.keyboard.press("Escape");
  await button(page, "Run").click();
  await says(page, "MFA makes the difference");
  await page.getByRole("heading", { name: /Situation: Denied: no statement allows it/ }).waitFor();
  await says(page, "Bool: aws:MultiFactorAuthPresent is true; it was false");
  await page.getByRole("heading", { name: /Compared with: Allowed/ }).waitFor();
  await says(page, "It decided");
  assert.deepEqual(await axeFaults(page), []);
  // another's account is not looked into
  await field(page, "Who").fill("arn:aws:iam::999999999999:user/ben");
  await button(page, "Run").click();
  await says(page, /does not have access to policies in account 999999999999/);
  assert.deepEqual(complaints, []);
});
