import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { App } from "../src/app.tsx";
import { show } from "./stand-in-page.tsx";
import { CHANGED_COPY, SAME_COPY, TAKEN_ALIAS } from "./stand-in-settings.ts";
import { standInUser } from "./stand-in-user.ts";

const user = userEvent.setup({ delay: null });
const at = (path: string) => history.replaceState(null, "", path);

test.each([
  ["ListAccountAliases", "You may not see the account's alias: iam:ListAccountAliases is not allowed"],
  [
    "GetAccountPasswordPolicy",
    "You may not see the password policy: iam:GetAccountPasswordPolicy is not allowed",
  ],
  [
    "GetSecurityContact",
    "You may not see the security contact: countersign:GetSecurityContact is not allowed",
  ],
  ["GetAccountSummary", "You may not see what the account uses: iam:GetAccountSummary is not allowed"],
  [
    "GetServerSettings",
    "You may not see how the server is set: countersign:GetServerSettings is not allowed",
  ],
])("without %s that is said once, and what else there is stays", async (operation, sentence) => {
  at("/settings");
  show(<App />, { denied: [operation], securityContact: { Address: "security@example.com" } });
  await waitFor(() => expect(screen.getAllByText(sentence)).toHaveLength(1));
  expect(screen.getAllByText(/^You may not see/)).toHaveLength(1);
  const others: Readonly<Record<string, string>> = {
    ListAccountAliases: "example",
    GetAccountPasswordPolicy: "The default policy holds",
    GetSecurityContact: "security@example.com",
    GetServerSettings: "session-idle-minutes",
  };
  for (const [name, shown] of Object.entries(others)) {
    if (name !== operation) expect(await screen.findByText(shown)).toBeTruthy();
  }
});

test("an alias that is taken is said at its field, and what is typed stays", async () => {
  at("/settings");
  const world = show(<App />);
  await user.click(await screen.findByRole("button", { name: "Account alias: Change" }));
  const dialog = await screen.findByRole("dialog");
  const field = within(dialog).getByLabelText("Alias");
  await user.clear(field);
  await user.type(field, TAKEN_ALIAS);
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  expect(await within(dialog).findByText("This alias is taken. Choose another one.")).toBeTruthy();
  expect(within(dialog).getByLabelText("Alias")).toHaveProperty("value", TAKEN_ALIAS);
  expect(world.alias).toBe("example");
});

test("a copy that was changed by hand is put back, and what it is attached to stays", async () => {
  at("/ready-made-policies");
  const world = show(<App />, { readyMade: [{ ...CHANGED_COPY }] });
  await user.click(await screen.findByRole("button", { name: "Put the ready-made document in force" }));
  expect(await screen.findByText("As it is here")).toBeTruthy();
  expect(screen.queryByText("Your account's copy was changed by hand")).toBeNull();
  const [made] = world.readyMade;
  expect(JSON.parse(made?.document ?? "")).toEqual(JSON.parse(SAME_COPY.document));
  expect(made?.groups).toEqual(SAME_COPY.groups);
});

test.each([
  ["developers", true],
  ["readers", false],
])("before a policy is attached to %s, its member is told whether it locks him out", async (group, isOwn) => {
  at("/ready-made-policies");
  const world = show(<App />, {
    user: standInUser({ name: "ana", groups: ["developers"] }),
    loses: ["iam:DetachGroupPolicy"],
  });
  const name = "Attach: No sensitive action without MFA";
  await user.click(await screen.findByRole("button", { name }));
  const dialog = await screen.findByRole("dialog");
  await user.click(await within(dialog).findByRole("button", { name: /Group/ }));
  await user.click(await screen.findByRole("option", { name: group }));
  if (isOwn) {
    const warning = await within(dialog).findByRole("alert");
    expect(warning.textContent).toMatch(/You could not detach it again/);
    expect(warning.textContent).toMatch(/iam:DetachGroupPolicy/);
  } else {
    expect(await within(dialog).findByText("This does not concern yourself.")).toBeTruthy();
  }
  expect(world.calls.filter((call) => /^(?:Attach|Create)/.test(call))).toEqual([]);
});
