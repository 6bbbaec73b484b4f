import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { App } from "../src/app.tsx";
import type { World } from "./stand-in.ts";
import { show } from "./stand-in-page.tsx";

const MINUTE = 60_000;
const user = userEvent.setup({ delay: null });

beforeEach(() => {
  localStorage.clear();
  history.replaceState(null, "", "/me?x=1");
  // the page's clock alone: what waits for an answer goes on by the real one
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
});
afterEach(() => vi.useRealTimers());

async function arrive(part: Partial<World>): Promise<World> {
  const world = show(<App />, part);
  await screen.findByRole("heading", { level: 1, name: /My security credentials/ });
  await waitFor(() => expect(world.calls).toContain("ListSessions"));
  return world;
}
const pass = (minutes: number) => act(() => vi.advanceTimersByTimeAsync(minutes * MINUTE));
const asked = (world: World, name: string) => world.calls.filter((call) => call === name).length;
const warning = async (title: string) => within(await screen.findByRole("dialog", { name: title }));

test("an idle session warns a minute before its end, and goes on for who wants to stay", async () => {
  const world = await arrive({ idle: 30 * MINUTE });
  await pass(28.9);
  expect(world.calls).not.toContain("GetSignIn");
  await pass(0.2);
  const dialog = await warning("Are you still there?");
  expect(dialog.getByRole("timer").textContent).toBe("54 seconds left");
  await pass(0.5);
  expect(dialog.getByRole("timer").textContent).toBe("24 seconds left");
  await user.click(dialog.getByRole("button", { name: "Stay signed in" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(asked(world, "GetConsoleContext")).toBe(2);
  await pass(28);
  expect(screen.queryByRole("dialog")).toBeNull();
  await pass(1.5);
  await warning("Are you still there?");
});

test("a session whose end has come leads to signing in, which knows the way back", async () => {
  await arrive({ idle: 30 * MINUTE });
  await pass(29.5);
  await warning("Are you still there?");
  await pass(1);
  await waitFor(() => expect(location.pathname).toBe("/signin"));
  expect(new URLSearchParams(location.search).get("next")).toBe("/me?x=1");
  expect(await screen.findByText("Your session has ended")).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("what another tab asks puts the end off, and to look does not", async () => {
  const world = await arrive({ idle: 30 * MINUTE });
  await pass(20);
  world.seenAt = Date.now();
  await pass(9.5);
  await waitFor(() => expect(asked(world, "GetSignIn")).toBe(1));
  await pass(19);
  expect(screen.queryByRole("dialog")).toBeNull();
  await pass(1);
  await warning("Are you still there?");
});

test("a session that may last no longer says so, and can be begun anew", async () => {
  const world = await arrive({ lasts: 40 * MINUTE, idle: 60 * MINUTE });
  await pass(39.5);
  const dialog = await warning("Your session is about to end");
  expect(dialog.queryByRole("button", { name: "Stay signed in" })).toBeNull();
  await user.click(dialog.getByRole("button", { name: "Sign in again" }));
  await waitFor(() => expect(location.pathname).toBe("/signin"));
  expect(world.calls).toContain("SignOut");
  expect(new URLSearchParams(location.search).get("next")).toBe("/me?x=1");
});

test("by a wrong clock of this device it ends no other moment", async () => {
  await arrive({ idle: 30 * MINUTE, ahead: -20 * MINUTE });
  await pass(28.5);
  expect(screen.queryByRole("dialog")).toBeNull();
  await pass(1);
  await warning("Are you still there?");
});
