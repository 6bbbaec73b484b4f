import type { Page } from "playwright-core";
import type { Picture } from "./pictures.ts";
import type { Words } from "./src/words/english.ts";
import { DEVICE } from "./test/stand-in.ts";
import { standInUser } from "./test/stand-in-user.ts";
import { PEOPLE } from "./test/stand-in-users.ts";

const users = PEOPLE.slice(0, 12);

/** The form's own button: the area's words load with its pages. */
const submit = (page: Page) => page.locator("form button[type=submit]:not(.unseen)").click();
const named = (page: Page, name: string) => page.locator("form input[type=text]").first().fill(name);

const FILE = "name,path,groups,tags,shoe size\r\nemmy,/engineering/,developers,team=algebra,38\r\n";
const giveFile = (page: Page, text: string) =>
  page
    .locator("input[type=file]")
    .setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
const shown = (page: Page, text: string) => page.getByText(text).first().waitFor();

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const contact = { Address: "ada@example.com", Confirmed: true, ChangedAt: Date.now() - 40 * 86_400_000 };
const notice = (Kind: string, days: number, details: Readonly<Record<string, string>> = {}) => ({
  NoticeId: Kind,
  Time: Date.now() - days * 86_400_000,
  Kind,
  UserName: "ana",
  Details: Object.entries({ ...details, sourceIp: "192.0.2.10", userAgent: FIREFOX }).map(([Key, Value]) => ({
    Key,
    Value,
  })),
});
const notices = [
  notice("new-device-signed-in", 0),
  notice("factor-removed", 1, {
    device: "arn:aws:iam::123456789012:mfa/drawer",
    by: "arn:aws:iam::123456789012:user/ada",
  }),
  notice("confirm-contact", 2, { address: "ana.of-a-department-with-a-long-name@mail.example.com" }),
];

/** The buttons at the head of a user's page: to rename, and to delete. */
const atHead = (page: Page, number: number) =>
  page.locator("main h1").locator("xpath=ancestor::*[.//button][1]").getByRole("button").nth(number).click();

/** A user's page, and where people are told what happens to them. */
const PAGE_PICTURES: Readonly<Record<string, Picture>> = {
  user: { path: "/users/ada/permissions", world: {} },
  "user-groups": { path: "/users/ada/groups", world: {} },
  "user-tags": { path: "/users/ada/tags", world: {} },
  "user-credentials": { path: "/users/ada/security-credentials", world: { devices: [DEVICE], contact } },
  "user-credentials-none": {
    path: "/users/ada/security-credentials",
    world: { user: standInUser({ consoleAccess: false }) },
  },
  "user-credentials-denied": {
    path: "/users/ada/security-credentials",
    world: {
      denied: [
        "ListMFADevices",
        "ListAccessKeys",
        "GetLoginProfile",
        "GetContactAddress",
        "ListUserActivity",
      ],
    },
  },
  "user-activity": { path: "/users/ada/activity", world: {} },
  "user-activity-none": { path: "/users/ada/activity", world: { user: standInUser({ activity: [] }) } },
  "user-rename": {
    path: "/users/ada/groups",
    world: {},
    steps: async (page) => {
      await atHead(page, 0);
      await page.getByRole("dialog").getByRole("textbox").first().fill("ada lovelace");
      await page.getByRole("dialog").getByRole("button").last().click();
    },
  },
  "user-unknown": { path: "/users/nobody/groups", world: {} },
  "me-contact": { path: "/me", world: { devices: [DEVICE], contact: { ...contact, Confirmed: false } } },
  confirm: { path: "/confirm#good", world: { devices: [DEVICE] } },
  "confirm-bad": {
    path: "/confirm#old",
    world: {},
    steps: async (page) => {
      await page.getByRole("main").getByRole("button").last().click();
      await page.getByRole("alert").waitFor();
    },
  },
  "confirm-done": {
    path: "/confirm#good",
    world: {},
    steps: async (page) => {
      await page.getByRole("main").getByRole("button").last().click();
      await page.getByRole("status").first().waitFor();
    },
  },
  notices: {
    path: "/nowhere",
    world: { notices },
    steps: (page) => page.getByRole("list").getByText("192.0.2.10").first().waitFor(),
  },
};

/** The list of users, what makes them, and the page of one. */
export const USER_PICTURES: Readonly<Record<string, Picture>> = {
  ...PAGE_PICTURES,
  users: { path: "/users", world: { users } },
  "users-many": { path: "/users", world: { users: [...PEOPLE] } },
  "users-filtered": { path: "/users?q=person&mfa=none&sort=KeyAge&desc=yes", world: { users } },
  "users-no-match": { path: "/users?q=nobody", world: { users } },
  "users-none": { path: "/users", world: {} },
  "users-denied": {
    path: "/users",
    world: { denied: ["ListUserSummaries"] },
    steps: (page) => page.getByRole("alert").waitFor(),
  },
  "user-create": { path: "/users/create", world: {} },
  "user-create-empty": { path: "/users/create", world: {}, steps: submit },
  "user-create-taken": {
    path: "/users/create",
    world: { users },
    steps: async (page) => {
      await named(page, "ada");
      await page.locator("form input[type=checkbox]").last().check();
      await page.locator("form input[type=radio]").last().check();
      await page.locator("form input[type=password]").first().fill("Long4word");
      await page.locator("form input[type=radio]").first().check();
      await submit(page);
      await shown(page, "already exists");
    },
  },
  "user-create-denied": {
    path: "/users/create",
    world: { denied: ["CreateUsers", "ListGroups"] },
    steps: async (page) => {
      await named(page, "emmy");
      await submit(page);
      await page.getByRole("alert").waitFor();
    },
  },
  "user-created": {
    path: "/users/create",
    world: {},
    steps: async (page, { password }: Words) => {
      await named(page, "emmy");
      await page.locator("form input[type=checkbox]").last().check();
      await submit(page);
      await page.locator(".secret").waitFor();
      await page.getByRole("button", { name: password.show }).click();
    },
  },
  "users-import": { path: "/users/import", world: {} },
  "users-import-unreadable": {
    path: "/users/import",
    world: {},
    steps: async (page) => {
      await giveFile(page, `${FILE}"max,/\r\n`);
      await page.getByRole("alert").waitFor();
    },
  },
  "users-import-problems": {
    path: "/users/import",
    world: { users },
    steps: async (page) => {
      await giveFile(page, `${FILE}grace,/,,\r\nmax,/,nobody readers,site=berlin\r\n`);
      await shown(page, "cannot be found");
    },
  },
  "users-import-ready": {
    path: "/users/import",
    world: { users },
    steps: async (page) => {
      await giveFile(page, FILE);
      await shown(page, "shoe size");
    },
  },
  "users-imported": {
    path: "/users/import",
    world: { users },
    steps: async (page) => {
      await giveFile(page, FILE);
      await shown(page, "shoe size");
      await page.getByRole("main").getByRole("button").last().click();
      await page.getByRole("link", { name: "emmy" }).waitFor();
    },
  },
};
