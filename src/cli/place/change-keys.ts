import type { RootKey } from "#crypto/root-key.ts";
import { DEPLOYMENT } from "#operations/countersign/account-names.ts";
import { keysIn, readKeyFile, replaceKeyFile } from "./key-file.ts";
import type { OpenPlace } from "./place.ts";

/**
 * Changes the keys in the key file: what is there now is handed to `change`, and what that returns takes its place. A row's lock
 * in the database keeps two processes from doing so at once, which would lose a key; it goes with its process, as a lock file
 * would not. `change` may run again and then finds its own work done.
 */
export async function changeKeyFile(
  { store }: Pick<OpenPlace, "store">,
  path: string,
  change: (keys: readonly RootKey[]) => readonly RootKey[],
): Promise<readonly RootKey[]> {
  return store.write(async (tx) => {
    await tx.budgets.lock(DEPLOYMENT, "key-file");
    const before = (await readKeyFile(path)) ?? keysIn("", `the key file \`${path}\``);
    const after = change(before);
    if (after !== before) await replaceKeyFile(path, after);
    return after;
  });
}
