import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { App } from "../src/app.tsx";
import { show } from "./stand-in-page.tsx";

const user = userEvent.setup({ delay: null });
const press = async (name: string) => user.click(await screen.findByRole("button", { name }));
const dialogOf = async () => within(await screen.findByRole("dialog"));

async function retype(label: string, text: string): Promise<void> {
  const input = (await dialogOf()).getByLabelText(label);
  await user.clear(input);
  await user.paste(text);
}

const save = async () => user.click((await dialogOf()).getByRole("button", { name: "Save" }));

test("a group's name and path are checked before anything is sent, then it is told on its new page", async () => {
  history.replaceState(null, "", "/groups/team/permissions");
  const world = show(<App />);
  await press("Edit");
  await screen.findByLabelText("Group name");
  await retype("Group name", "a b");
  await retype("Path", "crew");
  await save();
  expect((await dialogOf()).getByText(/^The name must be 1 to 128/)).toBeTruthy();
  expect((await dialogOf()).getByText("The path must begin and end with a slash.")).toBeTruthy();
  expect(world.calls).not.toContain("UpdateGroup");
  await retype("Group name", "crew");
  await retype("Path", "/crew/");
  await save();
  await waitFor(() => expect(location.pathname).toBe("/groups/crew/permissions"));
  expect(await screen.findByText("The group is called crew now.")).toBeTruthy();
  expect(world.calls).toContain("UpdateGroup");
});

test("what is left as it was is not sent", async () => {
  history.replaceState(null, "", "/groups/team");
  const world = show(<App />);
  await press("Edit");
  await screen.findByLabelText("Group name");
  await save();
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(world.calls).not.toContain("UpdateGroup");
});
