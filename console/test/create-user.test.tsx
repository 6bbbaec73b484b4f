import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { App } from "../src/app.tsx";
import { show } from "./stand-in-page.tsx";

const user = userEvent.setup({ delay: null });
const create = async () => {
  const buttons = await screen.findAllByRole("button", { name: "Create user" });
  await user.click(buttons.at(-1) ?? document.body);
};
const type = async (label: RegExp, text: string) => {
  const field = await screen.findByLabelText(label);
  await user.clear(field);
  await user.type(field, text);
};

beforeEach(() => {
  localStorage.clear();
  history.replaceState(null, "", "/users/create");
});

test("a user is made with a contact address, once it looks like one", async () => {
  const world = show(<App />);
  await type(/^User name/, "emmy");
  await type(/^Contact address/, "emmy at example.com");
  await create();
  expect(await screen.findByText("This is no e-mail address.")).toBeTruthy();
  expect(world.calls).not.toContain("CreateUsers");
  await type(/^Contact address/, " emmy@example.com ");
  await create();
  await waitFor(() => expect(location.pathname).toBe("/users/emmy/permissions"));
  expect(world.contact).toMatchObject({ Address: "emmy@example.com", Confirmed: false });
});

test("a user is made without a contact address", async () => {
  const world = show(<App />);
  await type(/^User name/, "emmy");
  await create();
  await waitFor(() => expect(location.pathname).toBe("/users/emmy/permissions"));
  expect(world.contact).toEqual({});
});
