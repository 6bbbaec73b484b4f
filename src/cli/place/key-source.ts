import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Settings } from "#config/settings.ts";
import type { RootKey } from "#crypto/root-key.ts";
import { Refusal } from "../terminal/refusal.ts";
import { keysIn, readKeyFile } from "./key-file.ts";

/** Where the root keys come from (DESIGN 3.7). Only a file can be written by this program. */
export interface KeySource {
  /** The file that holds them; undefined where they come from the environment or a command. */
  readonly path: string | undefined;
  /** Newest first; undefined where the file is not there. */
  readonly read: () => Promise<readonly RootKey[] | undefined>;
}

type KeySettings = Pick<Settings, "data" | "key" | "keyFile" | "keyCommand">;

export function keySource({ data, key, keyFile, keyCommand }: KeySettings): KeySource {
  if (key !== undefined)
    return { path: undefined, read: async () => keysIn(asKeyFile(key), "`COUNTERSIGN_KEY`") };
  if (keyCommand !== undefined) return { path: undefined, read: () => readFromCommand(keyCommand) };
  const path = keyFile ?? join(data, "root.key");
  return { path, read: () => readKeyFile(path) };
}

/** A key that stands alone is the active one. */
const asKeyFile = (text: string): string =>
  /^csk1_\S+$/.test(text.trim()) ? `active ${text.trim()}` : text.trim();

const run = promisify(execFile);
const COMMAND_TIMEOUT_MS = 30_000;

async function readFromCommand(command: string): Promise<readonly RootKey[]> {
  let text: string;
  try {
    text = (await run("/bin/sh", ["-c", command], { timeout: COMMAND_TIMEOUT_MS })).stdout;
  } catch {
    // what it printed may be the key: neither that nor its error is repeated
    throw new Refusal(`the key command \`${command}\` failed`, {
      hint: "it prints the root key and exits 0",
    });
  }
  return keysIn(asKeyFile(text), "what the key command prints");
}
