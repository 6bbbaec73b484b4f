import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { App } from "../src/app.tsx";
import { show } from "./stand-in-page.tsx";

const user = userEvent.setup({ delay: null });
const at = (path: string) => history.replaceState(null, "", path);
const focused = (): Element | null => document.activeElement;
const field = (name: string) => screen.findByLabelText(name);
const press = async (name: string) => {
  const all = await screen.findAllByRole("button", { name });
  await user.click(all.at(-1) ?? expect.fail(`no button ${name}`));
};

const WRONG = {
  Severity: "error",
  Message: "a comma is missing",
  Line: 1,
  Column: 1,
  EndLine: 1,
  EndColumn: 2,
} as const;

beforeEach(() => localStorage.clear());

test.each([
  ["/create-policy", "Policy name", "Create policy"],
  ["/create-role", "Role name", "Create role"],
  ["/users/create", "User name", "Create user"],
  ["/simulator", "Action", "Run"],
])("what is refused at %s leads to the first wrong field", async (path, label, verb) => {
  at(path);
  show(<App />);
  const wrong = await field(label);
  await press(verb);
  await waitFor(() => expect(focused()).toBe(wrong));
  expect(wrong.getAttribute("aria-invalid")).toBe("true");
});

test("a policy whose text alone is wrong leads to the editor", async () => {
  at("/create-policy");
  const world = show(<App />, { problems: [WRONG] });
  await user.type(await field("Policy name"), "deploy");
  await screen.findByText(/a comma is missing/);
  await press("Create policy");
  await waitFor(() => expect(focused()?.getAttribute("data-wrong")).toBe("true"));
  expect(world.calls).not.toContain("CreatePolicy");
});

test.each([
  ["/groups", "Create group", "Group name", "crew", "CreateGroup"],
  ["/groups/team/permissions", "Edit", "Group name", "crew", "UpdateGroup"],
])("Enter in a field of the dialog at %s sends it", async (path, opener, label, text, call) => {
  at(path);
  const world = show(<App />);
  await press(opener);
  const dialog = within(await screen.findByRole("dialog"));
  const input = await dialog.findByLabelText(label);
  await user.clear(input);
  await user.type(input, `a b{Enter}`);
  await waitFor(() => expect(input.getAttribute("aria-invalid")).toBe("true"));
  expect(world.calls).not.toContain(call);
  await user.clear(input);
  await user.type(input, `${text}{Enter}`);
  await waitFor(() => expect(world.calls).toContain(call));
});

test("an ARN that nobody has is refused at its field, until it is another", async () => {
  at("/simulator");
  show(<App />);
  const who = await field("Who");
  await user.clear(who);
  await user.type(who, "arn:aws:iam::123456789012:user/nobody");
  await user.type(await field("Action"), "iam:GetUser{Enter}");
  await waitFor(() => expect(focused()).toBe(who));
  expect(screen.getAllByText(/^Nobody in this account has this ARN/)).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
  await user.type(who, "x");
  expect(who.getAttribute("aria-invalid")).not.toBe("true");
});

test("Enter in a step of the wizard goes on", async () => {
  at("/mfa/assign");
  show(<App />);
  await user.type(await field("Device name"), "{Enter}");
  await user.type(await field("MFA code 1"), "111111");
  await user.type(await field("MFA code 2"), "222222{Enter}");
  expect(await screen.findByText(/ana works from now on/)).toBeTruthy();
});

test("a new password that breaks a rule is where the work goes on", async () => {
  at("/me");
  show(<App />);
  await press("Change password");
  await user.type(await field("Current password"), "old");
  const fresh = await field("New password");
  await user.type(fresh, "short");
  await user.type(await field("New password again"), "short{Enter}");
  await waitFor(() => expect(focused()).toBe(fresh));
});

test("a role whose description alone is wrong leads there", async () => {
  at("/create-role");
  const world = show(<App />);
  await user.type(await field("Role name"), "deploy");
  const description = await field("Description - optional");
  await user.type(description, "\u4e2d");
  await press("Create role");
  await waitFor(() => expect(focused()).toBe(description));
  expect(world.calls).not.toContain("CreateRole");
});
