import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { becomes } from "../support/becomes.ts";
import { missing } from "../support/tools.ts";
import type { Clients, Keys } from "../support/world.ts";
import { chromiumFor } from "./opened.ts";
import { button, enter, field, givePassword, hire, openAccount, says, signOut } from "./people.ts";
import { openServed, type Served } from "./served.ts";
import { openVisitor } from "./visitor.ts";

const skip = missing("chromium");
const FRESH = "Blue-kettle-47";

const browser = chromiumFor(skip);

const dialog = (page: Page) => page.getByRole("dialog");
const titled = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();

/** The rules beside the new password, and which of them it keeps. */
async function rules(page: Page): Promise<Readonly<Record<string, boolean>>> {
  const lines = await dialog(page).locator(".rules li").all();
  const pairs = lines.map(async (line) => [
    (await line.textContent())?.trim(),
    (await line.getAttribute("data-met")) === "true",
  ]);
  return Object.fromEntries(await Promise.all(pairs));
}

/** A program of hers, with credentials that last a while. */
async function session({ world }: Served, admin: Keys): Promise<Clients> {
  const { AccessKey } = await world.clients(admin).iam.createAccessKey({ UserName: "ana" });
  const own = world.clients({
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  });
  const { Credentials } = await own.sts.getSessionToken({});
  return world.clients({
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  });
}

test("one's own password: rules while typing, what is refused, and what is signed in elsewhere is ended", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const { iam } = served.world.clients(account.admin);
  await iam.updateAccountPasswordPolicy({
    MinimumPasswordLength: 10,
    RequireSymbols: true,
    AllowUsersToChangePassword: true,
  });
  const ana = await hire(served, account, "ana");
  const temporary = await session(served, account.admin);
  const elsewhere = await openVisitor(browser());
  const { page, complaints } = await openVisitor(browser());
  for (const each of [elsewhere.page, page]) {
    await enter(served, each, ana, "/me");
    await titled(each, "My security credentials");
  }
  const send = () => button(dialog(page), "Change password").click();
  const choose = async (password: string) => {
    await field(dialog(page), "New password").fill(password);
    await field(dialog(page), "New password again").fill(password);
  };
  await button(page, "Change password").click();
  await says(dialog(page), "at least 10 characters");
  for (const { typed, long, symbol } of [
    { typed: "short", long: false, symbol: false },
    { typed: "short!", long: false, symbol: true },
    { typed: "long-enough-1", long: true, symbol: true },
  ]) {
    await field(dialog(page), "New password").fill(typed);
    const met = { "at least 10 characters": long, "a symbol, such as ! @ # $ %": symbol };
    await becomes(met, () => rules(page));
  }
  await send();
  await becomes(2, () => dialog(page).getByText("Fill in this field.", { exact: true }).count());
  await field(dialog(page), "Current password").fill("not-her-password-1");
  await choose(FRESH);
  await field(dialog(page), "New password again").fill("another");
  await send();
  await says(dialog(page), "The two passwords differ.");
  await choose(FRESH);
  await send();
  await says(dialog(page), "The current password was not right");
  await field(dialog(page), "Current password").fill(ana.password);
  await choose("Password1!");
  await send();
  await says(dialog(page), "This password is too easy to guess");
  await choose(FRESH);
  await send();
  await says(page, "Your password was changed.");

  // the old password's sessions are over, and that is what she is told
  const sessions = page.getByRole("table", { name: "Console sessions" });
  await says(sessions, "This browser");
  await becomes(0, () => button(sessions, "End session").count());
  await says(page, "Other browsers were signed out with the old password.");
  await elsewhere.page.reload();
  await says(elsewhere.page, "Your session has ended");
  await button(page, "End other sessions").click();
  await button(dialog(page), "End other sessions").click();
  await says(page, "No other browser is signed in as you.");
  const after = {
    message: /security token included in the request is expired|InvalidClientTokenId|invalid/i,
  };
  await assert.rejects(temporary.sts.getCallerIdentity({}), after);

  await givePassword(elsewhere.page, ana);
  await says(elsewhere.page, "These details do not fit together");
  await givePassword(elsewhere.page, { ...ana, password: FRESH });
  await titled(elsewhere.page, "My security credentials");
  await page.reload();
  await titled(page, "My security credentials");
  await signOut(page, "ana");
  assert.deepEqual([...complaints, ...elsewhere.complaints], []);
});
