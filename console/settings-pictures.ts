import type { Page } from "playwright-core";
import type { Picture } from "./pictures.ts";
import type { World } from "./test/stand-in.ts";
import {
  CHANGED_COPY,
  PASSWORD_POLICY,
  SAME_COPY,
  TAKEN_ALIAS,
  WITHOUT_MAIL,
} from "./test/stand-in-settings.ts";
import { standInUser } from "./test/stand-in-user.ts";

const whole: Partial<World> = {
  passwordPolicy: PASSWORD_POLICY,
  securityContact: { Address: "security@example.com", Confirmed: true },
};
/** To the reader's own group. */
const own: Partial<World> = {
  user: standInUser({ name: "ana", groups: ["developers"] }),
  groups: ["developers"],
};
const NARROW = [
  "GetServerSettings",
  "GetSecurityContact",
  "ListAccountAliases",
  "GetAccountPasswordPolicy",
  "GetAccountSummary",
];

const told = (page: Page) => page.getByRole("alert").first().waitFor();
const dialogOf = (page: Page) => page.getByRole("dialog");

/** Presses the last button beside the heading of a card, by the order of the cards. */
async function pressIn(page: Page, card: number): Promise<void> {
  const heading = page.locator("main").getByRole("heading", { level: 2 }).nth(card);
  await heading.waitFor();
  // a card has some of its buttons only when it is loaded
  await page.locator(".skeleton").first().waitFor({ state: "detached" });
  await heading.locator("xpath=ancestor::*[.//button][1]").getByRole("button").last().click();
}

async function toPasswordPolicy(page: Page): Promise<void> {
  await pressIn(page, 1);
  await dialogOf(page).getByRole("checkbox").first().waitFor();
}

async function toOwnGroup(page: Page): Promise<void> {
  await pressIn(page, 2);
  await dialogOf(page)
    .getByRole("combobox")
    .or(dialogOf(page).locator("button[aria-haspopup]"))
    .first()
    .click();
  await page.getByRole("option", { name: "developers" }).click();
}

/** Settings of the account, and policies that ask for MFA. */
export const SETTINGS_PICTURES: Readonly<Record<string, Picture>> = {
  settings: { path: "/settings", world: whole },
  "settings-password-policy": { path: "/settings", world: whole, steps: toPasswordPolicy },
  "settings-password-policy-wrong": {
    path: "/settings",
    world: whole,
    steps: async (page) => {
      await toPasswordPolicy(page);
      await dialogOf(page).getByRole("textbox").first().fill("4");
      await dialogOf(page).getByRole("button").last().click();
      await dialogOf(page).locator("[aria-invalid=true]").waitFor();
    },
  },
  "settings-alias-taken": {
    path: "/settings",
    world: whole,
    steps: async (page) => {
      await pressIn(page, 0);
      await dialogOf(page).getByRole("textbox").fill(TAKEN_ALIAS);
      await page.keyboard.press("Enter");
      await dialogOf(page).locator("[aria-invalid=true]").waitFor();
    },
  },
  "settings-no-mail": {
    path: "/settings",
    world: { alias: undefined, settings: WITHOUT_MAIL, securityContact: { Address: "a@example.com" } },
  },
  "settings-denied": { path: "/settings", world: { denied: NARROW }, steps: told },
  "ready-made": { path: "/ready-made-policies", world: { readyMade: [SAME_COPY] } },
  "ready-made-locked-out": {
    path: "/ready-made-policies",
    world: { ...own, loses: ["iam:DetachGroupPolicy", "iam:AttachGroupPolicy", "iam:CreateUser"] },
    steps: async (page) => {
      await toOwnGroup(page);
      await dialogOf(page).getByRole("alert").waitFor();
    },
  },
  "ready-made-changed": {
    path: "/ready-made-policies",
    world: { readyMade: [CHANGED_COPY] },
    steps: (page) => page.locator(".cm-content").first().waitFor(),
  },
};
