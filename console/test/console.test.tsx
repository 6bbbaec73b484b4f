import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { App } from "../src/app.tsx";
import { BAD_CODE, DEVICE, show } from "./stand-in-page.tsx";

const user = userEvent.setup({ delay: null });
const at = (path: string) => history.replaceState(null, "", path);
const button = (name: string) => screen.findByRole("button", { name });
/** Footers of steps and dialogs are the last with their name. */
const last = async (name: string) => {
  const all = await screen.findAllByRole("button", { name });
  return all.at(-1) ?? expect.fail(`no button ${name}`);
};

beforeEach(() => localStorage.clear());

test("an ended session leads to the sign-in page, which knows the way back", async () => {
  at("/me?x=1");
  show(<App />, { signedIn: false, signIn: { Step: "password", ServerTime: Date.now() } });
  await waitFor(() => expect(location.pathname).toBe("/signin"));
  expect(new URLSearchParams(location.search).get("next")).toBe("/me?x=1");
  expect(await screen.findByText("Your session has ended")).toBeTruthy();
});

test("whoever may not act reads who must", async () => {
  at("/");
  show(<App />);
  expect(await screen.findByText("Add MFA for the root user")).toBeTruthy();
  expect(screen.getByText(/Only root can do this/)).toBeTruthy();
  expect(screen.getAllByRole("button", { name: "Add MFA" })).toHaveLength(1);
});

test("no device is set up for a user who is not there", async () => {
  at("/mfa/assign?user=nobody");
  show(<App />);
  expect(await screen.findByRole("heading", { level: 1, name: "There is no such user" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Next" })).toBeNull();
});

test("a policy that may not be seen still has its name for a title", async () => {
  at("/policies/deploy");
  show(<App />, { denied: ["ListPolicies"] });
  expect(await screen.findByText("Your policies do not allow this")).toBeTruthy();
  expect(screen.getByRole("heading", { level: 1, name: "deploy" })).toBeTruthy();
});

async function toSetUp(): Promise<void> {
  await user.click(await last("Next"));
  await screen.findByLabelText("MFA code 1");
}

async function typeCodes(first: string, second: string): Promise<void> {
  await user.type(screen.getByLabelText("MFA code 1"), first);
  await user.type(screen.getByLabelText("MFA code 2"), second);
  await user.click(await last("Add MFA"));
}

test("the wizard assigns a device, and keeps the secret hidden until it is asked for", async () => {
  at("/mfa/assign");
  const world = show(<App />);
  expect(await screen.findByLabelText("Device name")).toHaveProperty("value", "ana");
  await toSetUp();
  expect(document.body.textContent).not.toContain("JBSW");
  await user.click(await button("Show secret key"));
  expect(document.body.textContent).toContain("JBSW Y3DP");
  await user.click(await button("Hide secret key"));
  expect(document.body.textContent).not.toContain("JBSW");
  await typeCodes("111111", "111111");
  expect(screen.getByText(/This is the same code again/)).toBeTruthy();
  expect(world.calls).not.toContain("EnableMFADevice");
  await user.clear(screen.getByLabelText("MFA code 2"));
  await user.type(screen.getByLabelText("MFA code 2"), "222222");
  await user.click(await last("Add MFA"));
  expect(await screen.findByText(/ana works from now on/)).toBeTruthy();
  expect(world.calls).not.toContain("CancelMFAEnrolment");
});

test("a refused pair says why, with both clocks", async () => {
  at("/mfa/assign");
  show(<App />, { ahead: -20 * 60_000 });
  await toSetUp();
  await typeCodes(BAD_CODE, "222222");
  expect(await screen.findByText("These two codes were not accepted")).toBeTruthy();
  expect(await screen.findByText("This device is 20 minutes ahead")).toBeTruthy();
  const first = screen.getByLabelText("MFA code 1");
  expect(first).toHaveProperty("value", "");
  await waitFor(() => expect(document.activeElement).toBe(first));
});

test("where no answer comes, the codes stay and can be sent again", async () => {
  at("/mfa/assign");
  show(<App />);
  await toSetUp();
  const answering = fetch;
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no connection")));
  await typeCodes("111111", "222222");
  expect(await screen.findByText("The server does not answer")).toBeTruthy();
  vi.stubGlobal("fetch", answering);
  await user.click(await last("Add MFA"));
  expect(await screen.findByText(/ana works from now on/)).toBeTruthy();
});

test("a cancelled wizard deletes the device that it has made", async () => {
  at("/mfa/assign");
  const world = show(<App />);
  await toSetUp();
  expect(world.unfinished).toBe("arn:aws:iam::123456789012:mfa/ana");
  await user.click(await last("Cancel"));
  await waitFor(() => expect(world.unfinished).toBeUndefined());
  expect(location.pathname).toBe("/me");
});

test("a wizard that is left by a link cancels what it has made", async () => {
  at("/mfa/assign");
  const world = show(<App />);
  await toSetUp();
  expect(world.calls).not.toContain("CancelMFAEnrolment");
  await user.click(screen.getByRole("link", { name: "My security credentials" }));
  await waitFor(() => expect(world.unfinished).toBeUndefined());
  expect(world.calls).toContain("CancelMFAEnrolment");
  expect(world.calls).not.toContain("DeleteVirtualMFADevice");
});

test("a name that is taken is told at the name", async () => {
  at("/mfa/assign");
  show(<App />);
  const name = await screen.findByLabelText("Device name");
  await user.clear(name);
  await user.type(name, "taken");
  await user.click(await last("Next"));
  expect(await screen.findByText(/There is a device of this name already/)).toBeTruthy();
  expect(name).toHaveProperty("value", "taken");
});

test("a removal wants the device's name typed, and warns of the last one of root", async () => {
  at("/me");
  const world = show(<App />, { root: true, devices: [DEVICE] });
  await user.click(await button("Remove ana"));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText(/root's last MFA device/)).toBeTruthy();
  await user.click(within(dialog).getByRole("button", { name: "Remove" }));
  expect(world.calls).not.toContain("DeactivateMFADevice");
  await user.type(within(dialog).getByLabelText("To confirm, type ana"), "ana");
  await user.click(within(dialog).getByRole("button", { name: "Remove" }));
  expect(await screen.findByText("ana was removed.")).toBeTruthy();
  expect(world.devices).toEqual([]);
  expect(screen.getByText("End the other sessions?")).toBeTruthy();
  // the button that led here is gone with its row
  await waitFor(() => expect(document.activeElement?.className).toMatch(/^(rows|page-title)$/));
});

test("a sensitive act asks for a code and is then done once", async () => {
  at("/me");
  const world = show(<App />, { devices: [DEVICE], proved: false });
  await user.click(await button("Create access key"));
  await user.click(await last("Create access key"));
  await user.type(await screen.findByLabelText("MFA code"), "123456");
  expect(await screen.findByText("Your new access key")).toBeTruthy();
  expect(world.calls.filter((name) => name === "CreateAccessKey")).toHaveLength(2);
  expect(world.keys).toHaveLength(1);
});

test("a step-up that is cancelled does nothing and says nothing", async () => {
  at("/me");
  const world = show(<App />, { devices: [DEVICE], proved: false });
  await user.click(await button("Create access key"));
  await user.click(await last("Create access key"));
  await screen.findByLabelText("MFA code");
  await user.click(await last("Cancel"));
  await waitFor(() => expect(screen.queryByLabelText("MFA code")).toBeNull());
  expect(world.keys).toEqual([]);
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a new key's secret is hidden until asked for, and gone once the dialog is closed", async () => {
  at("/me");
  show(<App />, { devices: [DEVICE] });
  await user.click(await button("Create access key"));
  await user.click(await last("Create access key"));
  await screen.findByText("Your new access key");
  expect(document.body.textContent).not.toContain("wJalr");
  // the button that made it is gone, and a key that leaves other dialogs does not lose it
  expect(document.activeElement?.getAttribute("aria-label")).toBe("secret access key");
  await user.keyboard("{Escape}");
  await user.click(await button("Show"));
  expect(document.body.textContent).toContain("wJalr");
  await user.click(await button("Done"));
  await waitFor(() => expect(document.body.textContent).not.toContain("wJalr"));
});

test("one other session is ended", async () => {
  at("/me");
  const world = show(<App />, { devices: [DEVICE] });
  await user.click(await button("End session"));
  await user.click(await last("End session"));
  expect(await screen.findByText("The session was ended.")).toBeTruthy();
  expect(world.sessions.map(({ Current }) => Current)).toEqual([true]);
});

test("the other sessions are ended", async () => {
  at("/me");
  const world = show(<App />, { devices: [DEVICE] });
  await user.click(await button("End all others"));
  await user.click(await last("End other sessions"));
  expect(await screen.findByText("One other session was ended.")).toBeTruthy();
  expect(world.sessions).toHaveLength(1);
});
