import type { Page } from "playwright-core";
import type { Picture } from "./pictures.ts";
import type { Words } from "./src/words/english.ts";
import { PEOPLE } from "./test/stand-in-users.ts";

const users = PEOPLE.slice(0, 12);

/** The form's own button: the area's words load with its pages. */
const submit = (page: Page) => page.locator("form button[type=submit]").click();
const named = (page: Page, name: string) => page.locator("form input[type=text]").first().fill(name);

const FILE = "name,path,groups,tags,shoe size\r\nemmy,/engineering/,developers,team=algebra,38\r\n";
const giveFile = (page: Page, text: string) =>
  page
    .locator("input[type=file]")
    .setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
const shown = (page: Page, text: string) => page.getByText(text).first().waitFor();

/** The list of users, and what makes them. */
export const USER_PICTURES: Readonly<Record<string, Picture>> = {
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
