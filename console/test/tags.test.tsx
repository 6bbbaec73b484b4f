import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { App } from "../src/app.tsx";
import { keyProblem, valueProblem } from "../src/pages/holders/tag-problems.ts";
import { show } from "./stand-in-page.tsx";

const user = userEvent.setup({ delay: null });
const tag = (key: string, value = "") => ({ key, value });

test.each([
  [[tag("team")], undefined],
  [[tag("Größe 漢字 _.:/=+-@")], undefined],
  [[tag("")], "empty"],
  [[tag("k".repeat(129))], "keyLong"],
  [[tag("🦊")], "characters"],
  [[tag("<b>")], "characters"],
  [[tag("AWS:team")], "reserved"],
  [[tag("team"), tag("site"), tag("TEAM")], "twice"],
] as const)("the last key of %j", (tags, problem) => {
  expect(keyProblem(tags, tags.length - 1)).toBe(problem);
});

test.each([
  ["", undefined],
  ["v".repeat(257), "valueLong"],
  ["<script>", "characters"],
] as const)("the value %j", (value, problem) => {
  expect(valueProblem(tag("team", value))).toBe(problem);
});

test("what a tag cannot be is said at its field, and nothing is sent before it is mended", async () => {
  history.replaceState(null, "", "/users/ada/tags");
  const world = show(<App />);
  await user.click(await screen.findByRole("button", { name: "Add tag" }));
  const groups = screen.getAllByRole("group", { name: /Key/ });
  const fresh = within(groups.at(-1) ?? expect.fail("no tag"));
  await user.type(fresh.getByLabelText("Key"), "aws:team");
  await user.click(screen.getByRole("button", { name: "Save tags" }));
  expect(screen.getByText("Keys that begin with aws: are kept for AWS.")).toBeTruthy();
  expect(world.calls).not.toContain("TagUser");
  await user.clear(fresh.getByLabelText("Key"));
  await user.type(fresh.getByLabelText("Key"), "squad");
  await user.click(screen.getByRole("button", { name: "Save tags" }));
  await waitFor(() => expect(world.calls).toContain("TagUser"));
});
