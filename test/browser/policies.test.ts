import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { missing } from "../support/tools.ts";
import { axeFaults } from "./axe.ts";
import { chromiumFor } from "./opened.ts";
import { button, enter, field, hire, openAccount, says } from "./people.ts";
import { openServed } from "./served.ts";
import { openVisitor } from "./visitor.ts";

const skip = missing("chromium");

const browser = chromiumFor(skip);

const editor = (page: Page) => page.getByRole("textbox", { name: "Policy document" });

/** In place of what is there, as by pasting: nothing is closed or indented for the writer. */
async function write(page: Page, text: string): Promise<void> {
  await editor(page).fill(text);
}

const document = (statement: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, undefined, 2);

test("a policy is written with an error, mended, changed by two at once, put back and deleted", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const { iam } = served.world.clients(account.admin);
  const ada = await hire(served, account, "ada", { administrator: true });
  const { page, complaints } = await openVisitor(browser());

  await enter(served, page, ada, "/policies");
  await page.getByRole("heading", { name: /^Policies/ }).waitFor();
  await page.getByRole("link", { name: "AdministratorAccess" }).waitFor();
  assert.deepEqual(await axeFaults(page), []);
  await button(page, "Create policy").first().click();

  await field(page, "Policy name").fill("readers");
  await write(page, document({ Effect: "Alow", Action: "iam:List*", Resource: "*" }));
  await says(page, "1 error");
  assert.deepEqual(await axeFaults(page), []);
  await page.getByRole("button", { name: "Line 5, column 17" }).waitFor();
  await button(page, "Create policy").click();
  await says(page, "Mend the errors first.");
  await write(page, document({ Effect: "Allow", Action: "iam:List*", Resource: "*" }));
  await says(page, "No problems found");
  await button(page, "Create policy").click();
  await says(page, "Policy readers was created.");
  const PolicyArn = `arn:aws:iam::${account.accountId}:policy/readers`;
  await says(page, PolicyArn);

  // a condition that does not do what it seems to
  await button(page, "Edit").click();
  const trap = {
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
  };
  await write(page, document(trap));
  await says(page, /so this does not deny them/);
  // meanwhile somebody else, with the AWS CLI's call
  const theirs = document({ Effect: "Allow", Action: "iam:GetUser", Resource: "*" });
  await iam.createPolicyVersion({ PolicyArn, PolicyDocument: theirs, SetAsDefault: true });
  await button(page, "Save as new version").click();
  await says(page, "Somebody else has changed this policy");
  const inForce = async () => (await iam.getPolicy({ PolicyArn })).Policy?.DefaultVersionId;
  assert.equal(await inForce(), "v2", "the second one overwrote the first");
  await button(page, "Start from theirs").click();
  await says(editor(page), "iam:GetUser");
  await write(page, document({ Effect: "Allow", Action: ["iam:GetUser", "iam:GetRole"], Resource: "*" }));
  // a change of something else in the account does not stand in the way
  await iam.createGroup({ GroupName: "others" });
  await iam.attachGroupPolicy({ GroupName: "others", PolicyArn });
  await button(page, "Save as new version").click();
  await says(page, "its new version is in force");
  assert.equal(await inForce(), "v3");

  await page.getByRole("tab", { name: "Versions" }).click();
  await button(page, "Compare v2").click();
  await page.locator(".cm-insertedLine, .cm-changedLine").first().waitFor();
  assert.deepEqual(await axeFaults(page), []);
  await button(page, "Put in force v2").click();
  await page.getByRole("dialog").getByRole("button", { name: "Put in force" }).click();
  await says(page, "v2 is in force now.");
  assert.equal(await inForce(), "v2");

  await page.getByRole("tab", { name: "Used by" }).click();
  await button(page, "Detach others").click();
  await page.getByRole("dialog").getByRole("button", { name: "Detach" }).click();
  await says(page, "The policy was detached from others.");
  await button(page, "Delete policy").click();
  await field(page, "To confirm, type readers").fill("readers");
  await page.getByRole("dialog").getByRole("button", { name: "Delete policy" }).click();
  await says(page, "Policy readers was deleted.");
  assert.equal((await iam.listPolicies({ Scope: "Local" })).Policies?.length, 0);
  assert.deepEqual(complaints, []);
});
