import assert from "node:assert/strict";
import { test } from "node:test";
import { URI } from "otpauth";
import type { Locator, Page } from "playwright-core";
import { becomes } from "../support/becomes.ts";
import { missing } from "../support/tools.ts";
import { chromiumFor } from "./opened.ts";
import {
  ACCOUNT_NAME,
  appOf,
  button,
  equip,
  field,
  givePassword,
  hire,
  openAccount,
  says,
  scan,
  secretOn,
  signOut,
} from "./people.ts";
import { openServed } from "./served.ts";
import { overflow } from "./stage.ts";
import { atRest, openVisitor } from "./visitor.ts";

const skip = missing("chromium", "oathtool");
const MINUTE = 60_000;

const browser = chromiumFor(skip);

test("codes that were used or are wrong, a sign-in that took too long, a session that was idle, a wizard that was left", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const ana = await hire(served, account, "ana");
  const phone = await equip(served, account.admin, "ana");
  const { page, complaints } = await openVisitor(browser());
  const code = field(page, "MFA code");
  const refused = page.getByText("This code was not accepted").first();

  await page.goto(served.origin);
  await field(page, "IAM user name").waitFor();
  assert.equal(await page.getByText("Your session has ended").count(), 0);
  await givePassword(page, ana);
  const used = phone.next();
  await code.fill(used);
  await signOut(page, "ana");
  await givePassword(page, ana);
  await code.fill(used);
  await refused.waitFor();
  await becomes("", () => code.inputValue());
  await becomes(true, () => isFocused(code));
  await code.pressSequentially(phone.wrong());
  await refused.waitFor();
  await page
    .getByText(/^Request ID: [0-9a-f-]{36}/)
    .first()
    .waitFor();

  await atRest(page);
  served.leap(5 * MINUTE);
  await code.fill(phone.next());
  await says(page, "That took more than five minutes");
  await givePassword(page, ana);
  await code.fill(phone.next());
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();

  await atRest(page);
  served.leap(31 * MINUTE);
  // the page asks for several things, and all are refused
  await page.getByRole("link", { name: "My security credentials" }).click();
  await says(page, "Your session has ended");
  assert.match(page.url(), /\/signin\?next=%2Fme$/);
  await givePassword(page, ana);
  await code.fill(phone.next());
  await button(page, "Assign MFA device").click();

  const unassigned = async () => {
    const { VirtualMFADevices = [] } = await served.world
      .clients(account.admin)
      .iam.listVirtualMFADevices({ AssignmentStatus: "Unassigned" });
    return VirtualMFADevices.map(({ SerialNumber = "" }) => SerialNumber.split("/").at(-1));
  };
  await scan(served, page);
  assert.deepEqual(await unassigned(), ["ana-backup"]);
  const discarded = page.waitForResponse(
    (response) => response.request().headers()["x-amz-target"]?.endsWith(".CancelMFAEnrolment") ?? false,
  );
  await button(page, "Cancel").click();
  await says(page, "Console sessions");
  await discarded;
  assert.deepEqual(await unassigned(), []);
  assert.deepEqual(complaints, []);
});

const isFocused = async (where: Locator) => (await where.and(where.page().locator(":focus")).count()) === 1;

test("two tabs of one browser: who signs in or out in one does so in the other, and is told there", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const ana = await hire(served, account, "ana");
  const bob = await hire(served, account, "bob");
  const { context, page, complaints } = await openVisitor(browser());
  const other = await context.newPage();
  for (const tab of [page, other]) await tab.goto(`${served.origin}/me`);
  await givePassword(page, ana);
  await button(other, "Create access key").click();
  await other.getByRole("dialog").waitFor();

  // the other tab hears late that somebody else has taken over: what was begun in it is over
  const { promise: late, resolve: hear } = Promise.withResolvers<void>();
  await other.route("**/console/api", async (route) => {
    await late;
    await route.continue();
  });
  await signOut(page, "ana");
  await givePassword(page, bob);
  await button(page, "bob").waitFor();
  hear();
  await says(other, "Another tab has signed in as bob.");
  await button(other, "bob").waitFor();
  await other.getByRole("dialog").waitFor({ state: "detached" });

  await signOut(page, "bob");
  await says(other, "Your session has ended");
  assert.equal(new URL(other.url()).searchParams.get("next"), "/me");
  assert.deepEqual(complaints, []);
});

test("a phone in German, in the dark: nothing is wider than the hand, and the app takes the secret by a link", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const ana = await hire(served, account, "ana");
  const { page, complaints } = await openVisitor(browser(), { phone: true, dark: true, locale: "de-DE" });
  const fits = async () => {
    await atRest(page);
    await becomes(0, () => overflow(page), page.url);
  };
  await page.goto(`${served.origin}/signin?account=acme`);
  await field(page, "IAM-Benutzername").fill(ana.name);
  await field(page, "Passwort").fill(ana.password);
  await fits();
  await button(page, "Anmelden").click();
  await button(page, "MFA hinzufügen").click();
  await fits();
  await button(page, "Weiter").click();
  const link = page.getByRole("link", { name: "In der Authenticator-App öffnen" });

  await fits();
  await button(page, "QR-Code anzeigen").click();
  await fits();
  // what the app on this very phone reads from the link
  const read = URI.parse((await link.getAttribute("href")) ?? "");
  assert.equal(read.issuer, "Countersign");
  assert.equal(read.label, `ana@${ACCOUNT_NAME}`);
  const phone = appOf(served, read.secret.base32);
  const [first, second] = phone.pair();
  await field(page, "MFA-Code 1").fill(first);
  await field(page, "MFA-Code 2").fill(second);
  await fits();
  await button(page, "MFA hinzufügen").click();
  await says(page, "MFA-Gerät zugewiesen");
  await fits();
  await button(page, "Fertig").click();
  await says(page, "Konsolensitzungen");
  await fits();
  await button(page, "Entfernen ana").click();
  await fits();
  await field(page, "Zur Bestätigung ana eintippen").fill("ana");
  await button(page.getByRole("dialog"), "Entfernen").click();
  await field(page, "MFA-Code").fill(phone.next());
  const told = page.getByText("ana wurde entfernt.").first();
  await told.waitFor();
  const isInSight = async () => {
    const { y = -1 } = (await told.boundingBox()) ?? {};
    return y > 0 && y < 844;
  };
  await becomes(true, isInSight, () => "what was done is out of sight");
  assert.equal(await page.locator("html").getAttribute("lang"), "de");
  assert.deepEqual(complaints, []);
});

test("by keyboard alone: signing in and the wizard, and the focus is where work goes on", {
  skip,
}, async () => {
  await using served = await openServed();
  const account = await openAccount(served);
  const ana = await hire(served, account, "ana");
  const { page, complaints } = await openVisitor(browser());
  const { keyboard } = page;
  await page.goto(`${served.origin}/signin?account=acme`);
  await field(page, "IAM user name").waitFor();
  await isAt(field(page, "IAM user name"));
  await keyboard.type(ana.name);
  await keyboard.press("Tab");
  await keyboard.type(ana.password);
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();
  await tabTo(page, button(page, "Add MFA"), 3);
  await keyboard.press("Enter");

  await isAt(field(page, "Device name"));
  await tabTo(page, button(page, "Next"), 4);
  await keyboard.press("Enter");
  await tabTo(page, button(page, "Show secret key"), 4);
  await keyboard.press("Enter");
  const phone = appOf(served, await secretOn(page));
  await tabTo(page, field(page, "MFA code 1"), 3);
  const [first, second] = phone.pair();
  await keyboard.type(first);
  await isAt(field(page, "MFA code 2"));
  await keyboard.type(second);
  await tabTo(page, button(page, "Add MFA"), 3);
  await keyboard.press("Enter");
  await says(page, "ana works from now on.");
  await tabTo(page, button(page, "Add a backup device"), 2);
  await tabTo(page, button(page, "Done"), 3);
  await keyboard.press("Enter");
  await says(page, "Console sessions");
  await tabTo(page, page.getByRole("button", { name: "Copy ARN" }), 1);
  assert.deepEqual(complaints, []);
});

async function isAt(where: Locator): Promise<void> {
  await where.waitFor();
  await becomes(
    true,
    () => isFocused(where),
    () => `it is not at ${where}`,
  );
}

/** With the tab key, in so many steps at most. */
async function tabTo(page: Page, where: Locator, most: number): Promise<void> {
  await where.waitFor();
  // nothing more comes in between, or takes the focus
  await atRest(page);
  const passed: string[] = [];
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press("Tab");
    if (await isFocused(where)) return;
    passed.push(await focused(page));
  }
  assert.fail(`${where} is not among the next: ${passed.join("\n")}`);
}

const focused = (page: Page) => page.evaluate<string>("document.activeElement.outerHTML.slice(0, 200)");
