import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { App } from "../src/app.tsx";
import { noNumbers } from "./stand-in-dashboard.ts";
import { show } from "./stand-in-page.tsx";

const user = userEvent.setup({ delay: null });

beforeEach(() => {
  localStorage.clear();
  history.replaceState(null, "", "/");
});

test("who lacks MFA is named, and leads to his credentials and to a device for him", async () => {
  show(<App />);
  const table = within(await screen.findByRole("table", { name: "Users without MFA" }));
  const links = await table.findAllByRole("link");
  expect(links.map((link) => [link.textContent, link.getAttribute("href")])).toEqual([
    ["grace", "/users/grace/security-credentials"],
    ["Assign MFA device to grace", "/mfa/assign?user=grace"],
    ["linus", "/users/linus/security-credentials"],
    ["Assign MFA device to linus", "/mfa/assign?user=linus"],
  ]);
  expect(screen.getByText("9 of 11 users with console access have MFA.")).toBeTruthy();
  expect(screen.getByText("1 critical, 1 warning, 1 suggestion")).toBeTruthy();
});

test("what root must do comes with the link where root signs in, for all but root", async () => {
  show(<App />);
  expect(await screen.findByText("https://mfa.example.com/signin")).toBeTruthy();
});

test("the recommendations lead to the ready-made policies", async () => {
  show(<App />);
  const link = await screen.findByRole("link", { name: "See the ready-made policies" });
  expect(link.getAttribute("href")).toBe("/ready-made-policies");
});

test("root itself is not told where root signs in", async () => {
  show(<App />, { root: true });
  await screen.findByText("Add MFA for the root user");
  expect(screen.queryByText("https://mfa.example.com/signin")).toBeNull();
});

test("whoever may see nothing of the account is told so, card by card", async () => {
  show(<App />, { dashboard: { Recommendations: [] } });
  await screen.findByText("You may not list users: countersign:ListUserSummaries is not allowed.");
  const numbers = "You may not see the account's numbers: iam:GetAccountSummary is not allowed.";
  expect(screen.getAllByText(numbers)).toHaveLength(2);
});

test("an account where nobody signed in says so", async () => {
  show(<App />, { dashboard: { Recommendations: [], ...noNumbers(Date.now()) } });
  expect(await screen.findByText("Nobody signed in")).toBeTruthy();
  expect(screen.getByText("Nobody can sign in at the console yet.")).toBeTruthy();
  expect(screen.getByText("Everybody who can sign in has MFA.")).toBeTruthy();
});

test("a notice of the account waits until it is dismissed", async () => {
  const notice = { NoticeId: "n", Time: Date.now(), Kind: "device-locked", UserName: "grace", Details: [] };
  const world = show(<App />, { accountNotices: [notice] });
  const title = "An MFA device of grace is locked";
  await user.click(await screen.findByRole("button", { name: `Dismiss: ${title}` }));
  await waitFor(() => expect(screen.queryByText(title)).toBeNull());
  expect(world.accountNotices).toEqual([]);
});
