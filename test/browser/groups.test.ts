import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { becomes } from "../support/becomes.ts";
import { missing } from "../support/tools.ts";
import { chromiumFor } from "./opened.ts";
import { button, enter, field, hire, openAccount, says, signOut } from "./people.ts";
import { openServed } from "./served.ts";
import { openVisitor } from "./visitor.ts";

const skip = missing("chromium");

const browser = chromiumFor(skip);

const dialog = (page: Page) => page.getByRole("dialog");
const tab = (page: Page, name: string) => page.getByRole("tab", { name }).click();

async function tryToDelete(page: Page, name: string): Promise<void> {
  await button(page, "Delete group").click();
  await field(page, `To confirm, type ${name}`).fill(name);
  await button(dialog(page), "Delete group").click();
}

test("an administrator creates a group, gives it a member and a policy, and deletes it", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const { iam } = served.world.clients(account.admin);
  const ada = await hire(served, account, "ada", { administrator: true });
  await iam.createUser({ UserName: "ben" });
  const { page, complaints } = await openVisitor(browser());
  await enter(served, page, ada, "/groups");

  await says(page, "No groups yet");
  await button(page, "Create group").click();
  await button(dialog(page), "Create group").click();
  await says(dialog(page), "The name must be 1 to 128");
  await field(dialog(page), "Group name").fill("team");
  await field(dialog(page), "Path").fill("/engineering/");
  await button(dialog(page), "Create group").click();
  await says(page, "The group team was created.");
  const { Group } = await iam.getGroup({ GroupName: "team" });
  assert.equal(Group?.Path, "/engineering/");
  await says(page, Group?.Arn ?? "");

  await button(page, "Add user").click();
  await dialog(page).getByRole("button", { name: /User/ }).click();
  await page.getByRole("option", { name: "ben" }).click();
  await button(dialog(page), "Add").click();
  await says(page, "ben is in team now.");
  const members = async () =>
    (await iam.getGroup({ GroupName: "team" })).Users?.map(({ UserName }) => UserName);
  assert.deepEqual(await members(), ["ben"]);

  await tab(page, "Permissions");
  await button(page, "Attach policy").click();
  await dialog(page)
    .getByRole("button", { name: /Policy/ })
    .click();
  await page.getByRole("option", { name: /IAMReadOnlyAccess/ }).click();
  await button(dialog(page), "Attach policy").click();
  await says(page, "IAMReadOnlyAccess was attached to team.");
  const attached = async () =>
    (await iam.listAttachedGroupPolicies({ GroupName: "team" })).AttachedPolicies?.map(
      ({ PolicyName }) => PolicyName,
    );
  assert.deepEqual(await attached(), ["IAMReadOnlyAccess"]);

  // what still has members and policies stays, and the reader is told why
  await tryToDelete(page, "team");
  await says(dialog(page), /must remove users from group first/);
  await button(dialog(page), "Cancel").click();

  await button(page, "Detach IAMReadOnlyAccess").click();
  await button(dialog(page), "Detach").click();
  await says(page, "IAMReadOnlyAccess was detached from team.");
  assert.deepEqual(await attached(), []);
  await tab(page, "Users");
  await button(page, "Remove ben").click();
  await button(dialog(page), "Remove").click();
  await says(page, "ben is not in team any more.");
  assert.deepEqual(await members(), []);

  await tryToDelete(page, "team");
  await says(page, "The group team was deleted.");
  await says(page, "No groups yet");
  assert.deepEqual((await iam.listGroups({})).Groups, []);

  await page.goto(`${served.origin}/groups/team`);
  await page.getByRole("heading", { name: "There is no such group" }).waitFor();
  await signOut(page, "ada");
  assert.deepEqual(complaints, []);
});

test("of two administrators who rename a group the second is told, and decides", { skip }, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const { iam } = served.world.clients(account.admin);
  const ada = await hire(served, account, "ada", { administrator: true });
  await iam.createGroup({ GroupName: "team" });
  await iam.addUserToGroup({ GroupName: "team", UserName: "ada" });
  const { page, complaints } = await openVisitor(browser());
  await enter(served, page, ada, "/groups/team");

  await button(page, "Edit").click();
  await field(dialog(page), "Group name").fill("the crew");
  await button(dialog(page), "Save").click();
  await says(dialog(page), "The name must be 1 to 128");
  await field(dialog(page), "Group name").fill("crew");
  // meanwhile another one, with the AWS CLI's call
  await iam.updateGroup({ GroupName: "team", NewPath: "/theirs/" });
  await button(dialog(page), "Save").click();
  await says(dialog(page), "Somebody else has changed this meanwhile");
  await says(dialog(page), "/theirs/team");
  await assert.rejects(iam.getGroup({ GroupName: "crew" }), { name: "NoSuchEntityException" });
  await button(dialog(page), "Start from theirs").click();
  await becomes("/theirs/", () => field(dialog(page), "Path").inputValue());
  await field(dialog(page), "Group name").fill("crew");
  await button(dialog(page), "Save").click();
  await says(page, "The group is called crew now.");
  await page.getByRole("heading", { level: 1, name: "crew" }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/groups/crew/users");
  const { Group, Users } = await iam.getGroup({ GroupName: "crew" });
  assert.equal(Group?.Path, "/theirs/");
  assert.deepEqual(
    Users?.map(({ UserName }) => UserName),
    ["ada"],
  );

  // a name that another has
  await iam.createGroup({ GroupName: "taken" });
  await button(page, "Edit").click();
  await field(dialog(page), "Group name").fill("Taken");
  await button(dialog(page), "Save").click();
  await says(dialog(page), /Group with name Taken already exists/);
  // and one that was renamed elsewhere
  await iam.updateGroup({ GroupName: "crew", NewGroupName: "gone" });
  await field(dialog(page), "Group name").fill("mine");
  await button(dialog(page), "Save").click();
  await says(dialog(page), /The group with name crew cannot be found/);
  await assert.rejects(iam.getGroup({ GroupName: "mine" }), { name: "NoSuchEntityException" });
  assert.deepEqual(complaints, []);
});
