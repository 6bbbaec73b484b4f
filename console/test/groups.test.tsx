import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { App } from "../src/app.tsx";
import { show } from "./stand-in-page.tsx";

const user = userEvent.setup({ delay: null });
/** Looking for roles in a whole page takes long: the dialog is looked for once. */
async function edit() {
  await user.click(await screen.findByText("Edit"));
  await screen.findByLabelText("Group name");
  const dialog = within(screen.getByRole("dialog"));
  return {
    dialog,
    // what is pressed within the button sends nothing here, as it does in browsers
    save: () => user.click(dialog.getByText("Save").closest("button") ?? expect.fail("no button")),
    async retype(label: string, text: string): Promise<void> {
      const input = dialog.getByLabelText(label);
      await user.clear(input);
      await user.paste(text);
    },
  };
}

test("a group's name and path are checked before anything is sent, then it is told on its new page", async () => {
  history.replaceState(null, "", "/groups/team/permissions");
  const world = show(<App />);
  const { dialog, save, retype } = await edit();
  await retype("Group name", "a b");
  await retype("Path", "crew");
  await save();
  expect(dialog.getByText(/^The name must be 1 to 128/)).toBeTruthy();
  expect(dialog.getByText("The path must begin and end with a slash. It takes no spaces.")).toBeTruthy();
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
  const { save } = await edit();
  await save();
  await waitFor(() => expect(screen.queryByLabelText("Group name")).toBeNull());
  expect(world.calls).not.toContain("UpdateGroup");
});
