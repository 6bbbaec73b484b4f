import type { Page } from "playwright-core";
import type { Picture } from "./pictures.ts";
import type { World } from "./test/stand-in.ts";
import { ROLES } from "./test/stand-in-access.ts";

const world: Partial<World> = { roles: [...ROLES] };

const told = (page: Page) => page.getByRole("alert").first().waitFor();

/** Roles and groups. */
export const ACCESS_PICTURES: Readonly<Record<string, Picture>> = {
  roles: { path: "/roles", world },
  "roles-none": { path: "/roles", world: {} },
  "roles-denied": { path: "/roles", world: { denied: ["ListRoles"] }, steps: told },
  "role-create": {
    path: "/create-role",
    world: {},
    steps: (page) => page.locator("main form input[type=checkbox]").check(),
  },
  "role-create-other": {
    path: "/create-role",
    world: {},
    steps: async (page) => {
      await page.locator("form input[type=radio]").nth(1).check();
      await page.locator("form button[type=submit]:not(.unseen)").click();
    },
  },
  role: { path: "/roles/deploy", world },
  "role-trust": { path: "/roles/deploy/trust", world },
  "role-tags": { path: "/roles/deploy/tags", world },
  "role-sessions": { path: "/roles/deploy/sessions", world },
  "role-denied": { path: "/roles/deploy", world: { ...world, denied: ["GetRole"] }, steps: told },
  "role-none": { path: "/roles/nobody", world },
  groups: { path: "/groups", world: {} },
  group: { path: "/groups/developers", world: {} },
  "group-permissions": { path: "/groups/developers/permissions", world: {} },
  "group-denied": { path: "/groups/developers", world: { denied: ["GetGroup"] }, steps: told },
};
