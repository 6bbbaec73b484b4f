import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { App } from "../src/app.tsx";
import { accountIn, principalsOf, trustOf } from "../src/pages/roles/trust.ts";
import { ROLES } from "./stand-in-access.ts";
import { show } from "./stand-in-page.tsx";

const user = userEvent.setup({ delay: null });
const at = (path: string) => history.replaceState(null, "", path);

test("the trust policy asks for MFA where that was asked", () => {
  const account = "123456789012";
  const statement = (mfa: boolean) => JSON.parse(trustOf({ account, mfa })).Statement[0];
  expect(statement(false).Condition).toBeUndefined();
  expect(statement(true).Condition).toEqual({ Bool: { "aws:MultiFactorAuthPresent": "true" } });
  expect(principalsOf(trustOf({ account, mfa: true }))).toEqual(["arn:aws:iam::123456789012:root"]);
});

test.each([
  ["no JSON", "{", []],
  ["nothing of use", "null", []],
  ["everybody", '{"Statement":{"Effect":"Allow","Principal":"*"}}', ["*"]],
  ["whom it denies", '{"Statement":{"Effect":"Deny","Principal":"*"}}', []],
  [
    "several, once each",
    '{"Statement":[{"Effect":"Allow","Principal":{"AWS":["a","b"],"Service":"c"}},{"Effect":"Allow","Principal":{"AWS":"a"}}]}',
    ["a", "b", "c"],
  ],
])("a trust policy with %s names its principals", (_, document, names) => {
  expect(principalsOf(document)).toEqual(names);
});

test.each([
  ["arn:aws:iam::123456789012:root", "123456789012"],
  ["123456789012", "123456789012"],
  ["arn:aws:iam::123456789012:user/root", undefined],
])("%s is the account %s", (principal, account) => {
  expect(accountIn(principal)).toBe(account);
});

test("whoever may not read a role still sees its policies", async () => {
  at("/roles/deploy");
  show(<App />, { roles: [...ROLES], denied: ["GetRole"] });
  expect(await screen.findAllByText("You may not see this role's settings")).not.toHaveLength(0);
  expect(await screen.findByText("releases")).toBeTruthy();
});

test("a role is deleted with what it has, once its name is typed", async () => {
  at("/roles/deploy");
  const world = show(<App />, { roles: [...ROLES] });
  await user.click(await screen.findByRole("button", { name: "Delete role" }));
  const dialog = await screen.findByRole("dialog");
  await user.click(within(dialog).getByRole("button", { name: "Delete role" }));
  expect(world.calls).not.toContain("DeleteRole");
  await user.type(within(dialog).getByLabelText("To confirm, type deploy"), "deploy");
  await user.click(within(dialog).getByRole("button", { name: "Delete role" }));
  await waitFor(() => expect(world.calls).toContain("DeleteRole"));
  const acts = world.calls.filter((name) => /^(?:Detach|Delete)/.test(name));
  expect(acts).toEqual(["DetachRolePolicy", "DeleteRolePolicy", "DeleteRole"]);
});

test("whoever may not read a group still sees its policies", async () => {
  at("/groups/developers/permissions");
  show(<App />, { denied: ["GetGroup"] });
  expect(await screen.findByText("IAMReadOnlyAccess")).toBeTruthy();
  expect(screen.getAllByText(/You may not see this group's settings/)).not.toHaveLength(0);
});
