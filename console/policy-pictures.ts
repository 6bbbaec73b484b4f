import type { Page } from "playwright-core";
import type { Picture } from "./pictures.ts";
import type { World } from "./test/stand-in.ts";
import { DENIED, POLICIES, PROBLEMS, standInPolicies } from "./test/stand-in-policies.ts";

const world: Partial<World> = { policies: [...POLICIES] };
const { explained } = standInPolicies();

const told = (page: Page) => page.getByRole("alert").first().waitFor();
const editor = (page: Page) => page.locator(".cm-content");
const submit = (page: Page) => page.locator("main form button:not([type=button], .unseen)").last().click();

/** To a tab of the policy's page, whose words load with it. */
async function toTab(page: Page, number: number): Promise<void> {
  await page.getByRole("tab").nth(number).click();
  await page.locator(".skeleton").first().waitFor({ state: "detached" });
}

async function pressIn(page: Page, number: number): Promise<void> {
  await page.getByRole("tabpanel").getByRole("button").nth(number).click();
}

const choose = (filter: number) => async (page: Page) => {
  await page.locator("main button[aria-haspopup]").first().click();
  await page.getByRole("option").nth(filter).click();
};

/** Asks about one action, with or without a second situation beside it. */
const ask =
  (compare: boolean, mfa = false) =>
  async (page: Page) => {
    await page.locator("main form input").nth(1).fill("iam:DeleteUser");
    await page.keyboard.press("Escape");
    if (!compare) await page.locator("main form input[type=checkbox]").uncheck();
    if (mfa) {
      await page.locator("main form button[aria-haspopup]").first().click();
      await page.getByRole("option").last().click();
    }
    await submit(page);
    await page.locator("main").getByRole("heading", { level: 2 }).first().waitFor();
  };

/** Policies, and what they decide. */
export const POLICY_PICTURES: Readonly<Record<string, Picture>> = {
  policies: { path: "/policies", world },
  "policies-own": { path: "/policies", world, steps: choose(1) },
  "policies-aws": { path: "/policies", world, steps: choose(2) },
  "policies-unused": { path: "/policies", world, steps: choose(3) },
  "policies-own-none": { path: "/policies", world: { policies: POLICIES.slice(2) }, steps: choose(1) },
  "policies-none": { path: "/policies", world: {} },
  "policies-denied": { path: "/policies", world: { denied: ["ListPolicies"] }, steps: told },
  policy: { path: "/policies/readers", world },
  "policy-of-aws": { path: "/policies/aws/AdministratorAccess", world },
  "policy-not-found": { path: "/policies/nowhere", world },
  "policy-versions": { path: "/policies/readers", world, steps: (page) => toTab(page, 1) },
  "policy-difference": {
    path: "/policies/readers",
    world,
    steps: async (page) => {
      await toTab(page, 1);
      await page.getByRole("tabpanel").getByRole("button", { name: /v2$/ }).first().click();
      await page.locator(".cm-changedLine, .cm-insertedLine").first().waitFor();
    },
  },
  "policy-put-in-force": {
    path: "/policies/readers",
    world,
    steps: async (page) => {
      await toTab(page, 1);
      await page.getByRole("tabpanel").getByRole("button", { name: /v2$/ }).nth(1).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  "policy-uses": { path: "/policies/readers", world, steps: (page) => toTab(page, 2) },
  "policy-uses-none": {
    path: "/policies/everything-that-the-machines-of-the-release-department-may-do",
    world,
    steps: (page) => toTab(page, 2),
  },
  "policy-delete": {
    path: "/policies/readers",
    world,
    steps: async (page) => {
      await page
        .locator("main h1")
        .locator("xpath=ancestor::*[.//button][1]")
        .getByRole("button")
        .first()
        .click();
      await page.getByRole("dialog").waitFor();
    },
  },
  "policy-attach": {
    path: "/users/ada/permissions",
    world,
    steps: async (page) => {
      await page.locator(".skeleton").first().waitFor({ state: "detached" });
      const heading = page.getByRole("tabpanel").getByRole("heading", { level: 2 }).first();
      await heading.locator("xpath=ancestor::*[.//button][1]").getByRole("button").first().click();
      await page.getByRole("dialog").locator("button[aria-haspopup]").first().click();
      await page.getByRole("option").first().waitFor();
    },
  },
  "policy-create": { path: "/create-policy", world, steps: (page) => editor(page).waitFor() },
  "policy-create-problems": {
    path: "/create-policy",
    world: { ...world, problems: [...PROBLEMS] },
    steps: async (page) => {
      await page.locator("ul.problems").waitFor();
      await submit(page);
      await page.locator("[aria-invalid=true]").first().waitFor();
    },
  },
  "policy-create-completion": {
    path: "/create-policy",
    world,
    steps: async (page) => {
      // into the middle of the word
      await editor(page).locator(".cm-line span", { hasText: "iam:GetUser" }).click();
      await page.keyboard.press("Control+Space");
      await page.locator(".cm-tooltip-autocomplete").waitFor();
    },
  },
  "policy-edit": {
    path: "/policies/readers",
    world,
    steps: async (page) => {
      await toTab(page, 0);
      await pressIn(page, 0);
      await editor(page).waitFor();
    },
  },
  simulator: { path: "/simulator", world },
  "simulator-empty": {
    path: "/simulator",
    world: { ...world, root: true },
    steps: async (page) => {
      await submit(page);
      await page.locator("[aria-invalid=true]").first().waitFor();
    },
  },
  "simulator-allowed": {
    path: "/simulator",
    world,
    steps: ask(false, true),
  },
  "simulator-denied": {
    path: "/simulator",
    world: { ...world, explained: { ...explained, without: DENIED } },
    steps: ask(false),
  },
  "simulator-compared": { path: "/simulator", world, steps: ask(true) },
  "simulator-same": {
    path: "/simulator",
    world: { ...world, explained: { without: DENIED, with: DENIED } },
    steps: ask(true),
  },
};
