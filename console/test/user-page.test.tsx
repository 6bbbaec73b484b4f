import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { App } from "../src/app.tsx";
import { DEVICE, show } from "./stand-in-page.tsx";

const user = userEvent.setup({ delay: null });
const at = (path: string) => history.replaceState(null, "", path);
const press = async (name: string) => user.click(await screen.findByRole("button", { name }));
const dialogOf = async () => within(await screen.findByRole("dialog"));

beforeEach(() => localStorage.clear());

test("what a user did comes a page at a time", async () => {
  at("/users/ada/activity");
  show(<App />);
  const table = await screen.findByRole("table", { name: "Last activity" });
  const shows = (count: number) =>
    waitFor(() => expect(table.querySelectorAll("tbody tr")).toHaveLength(count));
  await shows(25);
  await user.click(screen.getByText("Load more"));
  await shows(50);
  await user.click(screen.getByText("Load more"));
  await shows(60);
  expect(screen.queryByText("Load more")).toBeNull();
});

test("a rename says what stays and what does not, and leads to the new name", async () => {
  at("/users/ada/groups");
  const world = show(<App />);
  await press("Rename or move");
  const dialog = await dialogOf();
  expect(dialog.getByText(/policies that name the old ARN do not follow/)).toBeTruthy();
  const name = dialog.getByLabelText("User name");
  await user.clear(name);
  await user.type(name, "a b");
  await user.click(dialog.getByRole("button", { name: "Rename or move" }));
  expect(dialog.getByText(/with no spaces/)).toBeTruthy();
  expect(world.calls).not.toContain("UpdateUser");
  await user.clear(name);
  await user.type(name, "countess");
  await user.click(dialog.getByRole("button", { name: "Rename or move" }));
  await waitFor(() => expect(location.pathname).toBe("/users/countess/groups"));
  expect(world.user.name).toBe("countess");
});

test("a mailed link acts by its button alone", async () => {
  at("/confirm#good");
  const world = show(<App />, { contact: { Address: "ana@example.com", Confirmed: false } });
  await screen.findByText(/You are signed in as ana/);
  expect(world.calls).not.toContain("ConfirmContactAddress");
  await press("Confirm address");
  expect(await screen.findByText("The address is confirmed")).toBeTruthy();
  expect(world.contact.Confirmed).toBe(true);
});

test("a link that is old, used or another's is told plainly", async () => {
  at("/confirm#old");
  show(<App />);
  await press("Confirm address");
  expect(await screen.findByText("This link does not work here")).toBeTruthy();
});

test("a link's token survives signing in, in no address that is sent and in no storage", async () => {
  at("/confirm#good");
  const world = show(<App />, { signedIn: false, signIn: { Step: "password", ServerTime: Date.now() } });
  await waitFor(() => expect(location.pathname).toBe("/signin"));
  expect(location.href).not.toContain("good");
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain("good");
  world.signedIn = true;
  await user.type(await screen.findByLabelText("Account ID or alias"), "example");
  await user.type(screen.getByLabelText("IAM user name"), "ana");
  await user.type(screen.getByLabelText("Password"), "right");
  await press("Sign in");
  await waitFor(() => expect(location.pathname + location.hash).toBe("/confirm#good"));
  expect(await screen.findByRole("button", { name: "Confirm address" })).toBeTruthy();
});

test("one's own contact address is set, and waits to be confirmed", async () => {
  at("/me");
  const world = show(<App />, { devices: [DEVICE] });
  await press("Set address");
  const dialog = await dialogOf();
  await user.type(dialog.getByLabelText("E-mail address"), "ana");
  await user.click(dialog.getByRole("button", { name: "Send link" }));
  expect(dialog.getByText("This is no e-mail address.")).toBeTruthy();
  await user.type(dialog.getByLabelText("E-mail address"), "@example.com");
  await user.click(dialog.getByRole("button", { name: "Send link" }));
  expect(await screen.findByText("Waits to be confirmed")).toBeTruthy();
  expect(world.contact.Address).toBe("ana@example.com");
});

test("what could not be mailed stands on the next page until it is dismissed", async () => {
  at("/nowhere");
  const Details = [
    { Key: "device", Value: "arn:aws:iam::123456789012:mfa/drawer" },
    { Key: "sourceIp", Value: "192.0.2.10" },
  ];
  const notice = { NoticeId: "1", Time: Date.now(), Kind: "factor-removed", Details };
  const world = show(<App />, { notices: [notice, { ...notice, NoticeId: "2", Kind: "constructor" }] });
  expect(await screen.findByText("An MFA device was removed from your account")).toBeTruthy();
  expect(screen.getByText(/drawer does not sign you in any more\. From 192\.0\.2\.10\./)).toBeTruthy();
  expect(screen.getByText("Something about the security of this account has changed")).toBeTruthy();
  await user.click(
    screen.getByRole("button", { name: "Dismiss: An MFA device was removed from your account" }),
  );
  await waitFor(() => expect(world.notices.map(({ NoticeId }) => NoticeId)).toEqual(["2"]));
});
