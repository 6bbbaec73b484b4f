import { suite } from "node:test";
import { GROUPS_VARIABLE, type Group } from "../processes.ts";

/** Runs the files of a group one after the other, each a suite of its own: its hooks are its own, and it starts when all of it is read. */
export async function runTogether(group: Group): Promise<void> {
  const groups: Partial<Record<Group, readonly string[]>> = JSON.parse(process.env[GROUPS_VARIABLE] ?? "{}");
  for (const file of groups[group] ?? []) await suite(file, () => import(`../../../${file}`));
}
