import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { App } from "../src/app.tsx";
import { BAD_CODE, DEVICE, REQUEST_ID, show } from "./stand-in-page.tsx";

const now = Date.now();
const atPassword = { signIn: { Step: "password", ServerTime: now } } as const;
const user = userEvent.setup({ delay: null });

beforeEach(() => {
  localStorage.clear();
  history.replaceState(null, "", "/signin");
});

async function typeUser(password: string): Promise<void> {
  await user.type(await screen.findByLabelText("Account ID or alias"), "example");
  await user.type(screen.getByLabelText("IAM user name"), "ana");
  await user.type(screen.getByLabelText("Password"), password);
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

test("a password, then a code that is sent at its sixth digit", async () => {
  const world = show(<App />, { ...atPassword, devices: [DEVICE] });
  await typeUser("right");
  const field = await screen.findByLabelText("MFA code");
  expect(location.pathname).toBe("/signin/mfa");
  await user.click(field);
  await user.paste("123 456");
  await waitFor(() => expect(location.pathname).toBe("/"));
  expect(world.calls.filter((name) => name === "SubmitCode")).toHaveLength(1);
});

test("what is kept of a sign-in is the account and the way, never more", async () => {
  show(<App />, { ...atPassword, devices: [DEVICE] });
  await typeUser("secret-word");
  await screen.findByLabelText("MFA code");
  expect({ ...localStorage }).toEqual({
    "countersign.sign-in-account": "example",
    "countersign.sign-in-way": "user",
  });
});

test("a refused sign-in says so with the request's id, keeps what was typed but the password", async () => {
  show(<App />, atPassword);
  await typeUser("wrong");
  const alert = await screen.findByRole("alert");
  expect(within(alert).getByText(REQUEST_ID)).toBeTruthy();
  expect(screen.getByLabelText("IAM user name")).toHaveProperty("value", "ana");
  expect(screen.getByLabelText("Password")).toHaveProperty("value", "");
});

test("nothing is sent while a field is empty", async () => {
  const world = show(<App />, atPassword);
  await user.click(await screen.findByRole("button", { name: "Sign in" }));
  expect(screen.getAllByText("Fill in this field.")).toHaveLength(3);
  expect(world.calls).not.toContain("SubmitPassword");
});

test("a wrong code empties its field and takes another", async () => {
  history.replaceState(null, "", "/signin/mfa?next=%2Fme");
  show(<App />, { devices: [DEVICE], signIn: { Step: "factor", ServerTime: now, Devices: [DEVICE] } });
  const field = await screen.findByLabelText("MFA code");
  await user.type(field, BAD_CODE);
  expect(await screen.findByText("This code was not accepted")).toBeTruthy();
  expect(field).toHaveProperty("value", "");
  await user.type(field, "123456");
  await waitFor(() => expect(location.pathname).toBe("/me"));
});

test("where no answer comes, password and code stay, and are sent again as they are", async () => {
  show(<App />, { ...atPassword, devices: [DEVICE] });
  const answering = fetch;
  const cut = () => vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no connection")));
  const mend = () => vi.stubGlobal("fetch", answering);
  await screen.findByLabelText("Password");
  cut();
  await typeUser("right");
  await screen.findByText("The server does not answer");
  mend();
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  const field = await screen.findByLabelText("MFA code");
  cut();
  await user.type(field, "123456");
  await screen.findByText("The server does not answer");
  expect(field).toHaveProperty("value", "123456");
  mend();
  await user.click(screen.getByRole("button", { name: "Submit" }));
  await waitFor(() => expect(location.pathname).toBe("/"));
});

test("one of several devices is chosen, and its code goes to it", async () => {
  const backup = { ...DEVICE, DeviceId: `${DEVICE.DeviceId}-backup`, Name: "ana-backup" };
  const devices = [DEVICE, backup];
  history.replaceState(null, "", "/signin/mfa");
  show(<App />, { devices, signIn: { Step: "factor", ServerTime: now, Devices: devices } });
  await user.click(await screen.findByRole("button", { name: "Try another method" }));
  await user.click(screen.getByLabelText("ana-backup"));
  await user.type(screen.getByLabelText("MFA code"), "123456");
  await waitFor(() => expect(location.pathname).toBe("/"));
});

test("a device is brought back in step, and a fresh code is asked", async () => {
  history.replaceState(null, "", "/signin/trouble");
  const world = show(<App />, {
    devices: [DEVICE],
    signIn: { Step: "factor", ServerTime: now, Devices: [DEVICE] },
    ahead: 20 * 60_000,
  });
  expect(await screen.findByText("This device is 20 minutes behind")).toBeTruthy();
  await user.type(screen.getByLabelText("MFA code 1"), "111111");
  await user.type(screen.getByLabelText("MFA code 2"), "222222");
  await user.click(screen.getByRole("button", { name: "Resync" }));
  expect(await screen.findByText("Your device is back in step")).toBeTruthy();
  expect(location.pathname).toBe("/signin/mfa");
  expect(world.calls).toContain("ResyncDevice");
});

test("a forced change ticks the rules off and sends nothing before they are met", async () => {
  const world = show(<App />, {
    signIn: {
      Step: "change-password",
      ServerTime: now,
      PasswordReason: "reset",
      PasswordRules: {
        MinimumLength: 8,
        RequireSymbols: false,
        RequireNumbers: true,
        RequireUppercaseCharacters: false,
        RequireLowercaseCharacters: false,
        ReusePrevention: 0,
      },
    },
  });
  await user.type(await screen.findByLabelText("Current password"), "old");
  await user.type(screen.getByLabelText("New password"), "abcdefgh");
  await user.type(screen.getByLabelText("New password again"), "abcdefgh");
  expect(screen.getAllByLabelText("met")).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: "Change password" }));
  expect(world.calls).not.toContain("ChangePassword");
  await user.type(screen.getByLabelText("New password"), "1");
  await user.type(screen.getByLabelText("New password again"), "1");
  await user.click(screen.getByRole("button", { name: "Change password" }));
  await waitFor(() => expect(world.calls).toContain("ChangePassword"));
});

test("what an account cannot be called, and what is no address, is said at its field", async () => {
  history.replaceState(null, "", "/setup#token");
  const world = show(<App />, { signIn: { Step: "password", ServerTime: Date.now(), SetUpNeeded: true } });
  await user.type(await screen.findByLabelText(/Account name/), "Acme Corp");
  await user.type(screen.getByLabelText("Root user e-mail address"), "owner@@example.com");
  await user.type(screen.getByLabelText("Root user password"), "Long4word");
  await user.type(screen.getByLabelText("New password again"), "Long4word");
  await user.click(screen.getByRole("button", { name: "Create account" }));
  expect(screen.getByText("This is no e-mail address.")).toBeTruthy();
  expect(screen.getByText(/^3 to 63 lowercase letters/)).toBeTruthy();
  expect(world.calls).not.toContain("SetUp");
});

test("the set-up link leads to enrolling, and its token leaves the address", async () => {
  history.replaceState(null, "", "/setup#token");
  show(<App />, { signIn: { Step: "password", ServerTime: Date.now(), SetUpNeeded: true }, devices: [] });
  await user.type(await screen.findByLabelText("Root user e-mail address"), "owner@example.com");
  await user.type(screen.getByLabelText("Root user password"), "Long4word");
  await user.type(screen.getByLabelText("New password again"), "Long4word");
  await user.click(screen.getByRole("button", { name: "Create account" }));
  expect(await screen.findByText(/put this off for 35 more days/)).toBeTruthy();
  expect(location.href).not.toContain("token");
});
