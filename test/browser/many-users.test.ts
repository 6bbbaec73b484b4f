import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { becomes } from "../support/becomes.ts";
import { fillUsers } from "../support/filled.ts";
import { quickFolder } from "../support/quick-folder.ts";
import { missing } from "../support/tools.ts";
import { chromiumFor } from "./opened.ts";
import { button, enter, hire, openAccount, says } from "./people.ts";
import { openServed } from "./served.ts";
import { openVisitor } from "./visitor.ts";

const skip = missing("chromium");
const COUNT = 100_000;
const PAGE = 50;
const folder = quickFolder("many-users");

const browser = chromiumFor(skip);

after(() => rmSync(folder, { recursive: true, force: true }));

/** Those that `fillUsers` makes, and when each has signed in: every third never has. */
const FILLED = Array.from({ length: COUNT }, (_, at) => ({
  at,
  name: `user-${(at * 7919) % 1_000_003}@example.com`,
  signedIn: at % 3 === 0 ? 0 : (at * 104_729) % 1_000_003,
}));

const byName = (users: readonly { readonly name: string }[]) => users.map(({ name }) => name).toSorted();
const lastFirst = FILLED.toSorted((one, other) => other.signedIn - one.signedIn).map(({ name }) => name);
const withMfa = FILLED.filter(({ at }) => at % 5000 === 1);
const inGroup = byName(FILLED.filter(({ at }) => at % 1000 === 0));

/** That the rows are these, from the top; they come when the server has answered. */
async function shows(page: Page, names: readonly string[]): Promise<void> {
  const links = page.getByRole("table", { name: "Users" }).locator("tbody td:first-child a");
  await becomes(names, () => links.allTextContents());
}

async function filterBy(page: Page, text: string): Promise<void> {
  await page.getByLabel("Find users", { exact: true }).fill(text);
  await page.keyboard.press("Enter");
}

const titled = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();
const clear = (page: Page) => button(page, "Clear filters").first().click();

test("of 100,000 users some are found, narrowed down, sorted and paged", { skip }, async () => {
  const config = { kind: "sqlite", path: join(folder, "countersign.db") } as const;
  await using served = await openServed({ config });
  const account = await openAccount(served);
  const ada = await hire(served, account, "ada", { administrator: true });
  await fillUsers(config, account.accountId, COUNT);
  const { page, complaints } = await openVisitor(browser());
  await enter(served, page, ada, "/users");

  // a page at a time, forward and back
  await titled(page, `Users (${COUNT + 2})`);
  const all = ["ada", "admin", ...byName(FILLED)];
  const pageOf = (names: readonly string[], at: number) => names.slice(at * PAGE, (at + 1) * PAGE);
  await shows(page, pageOf(all, 0));
  for (const at of [1, 2]) {
    await button(page, "Next page").click();
    await shows(page, pageOf(all, at));
  }
  await button(page, "Previous page").click();
  await shows(page, pageOf(all, 1));

  // a part of a name that nobody else has
  const [wanted = ""] = FILLED.slice(54_321).map(({ name }) => name);
  await filterBy(page, wanted.slice(2, -3).toUpperCase());
  await says(page, "1 match");
  await shows(page, [wanted]);
  await clear(page);
  await titled(page, `Users (${COUNT + 2})`);

  // nearly everybody has no MFA: they are not counted, and those who came last are found all the same
  await filterBy(page, "MFA = none");
  await titled(page, "Users (1000+)");
  await page.getByRole("button", { name: "Last sign-in" }).click();
  await page.getByRole("button", { name: "Last sign-in" }).click();
  const without = new Set(withMfa.map(({ name }) => name));
  const last = ["ada", ...lastFirst.filter((name) => !without.has(name))];
  await shows(page, pageOf(last, 0));
  await button(page, "Next page").click();
  await shows(page, pageOf(last, 1));
  await button(page, "Previous page").click();
  await shows(page, pageOf(last, 0));
  const [some = ""] = byName(withMfa);
  await filterBy(page, some);
  await says(page, "No user matches");
  await clear(page);
  await page.getByRole("button", { name: "User name" }).click();

  // the few who have some
  await filterBy(page, "MFA = any");
  await says(page, `${withMfa.length} matches`);
  await shows(page, byName(withMfa));
  await clear(page);
  await filterBy(page, "Group = few");
  await says(page, `${inGroup.length} matches`);
  await shows(page, pageOf(inGroup, 0));
  await button(page, "Next page").click();
  await shows(page, pageOf(inGroup, 1));
  await becomes(true, () => button(page, "Next page").isDisabled());
  assert.deepEqual(complaints, []);
});
