import async_hooks from "node:async_hooks";
import { createRequire } from "node:module";
import { suite } from "node:test";
import { GROUPS_VARIABLE, type Group } from "../processes.ts";

const require = createRequire(import.meta.url);

/** Runs the files of a group one after the other, each a suite of its own: its hooks are its own, and it starts when all of it is read. */
export async function runTogether(group: Group): Promise<void> {
  followNoPromises();
  const groups: Partial<Record<Group, readonly string[]>> = JSON.parse(process.env[GROUPS_VARIABLE] ?? "{}");
  // what is required is read at once: nothing but promises would tell whose a test is that is met later
  for (const file of groups[group] ?? []) await suite(file, () => void require(`../../../${file}`));
}

/**
 * `node:test` follows each promise, to know from which test an error came that nobody caught: a fifth of what these files cost. Here
 * such an error fails the process, and no test by name.
 */
function followNoPromises(): void {
  const { createHook } = async_hooks;
  async_hooks.createHook = (callbacks) => createHook({ ...callbacks, trackPromises: false });
}
