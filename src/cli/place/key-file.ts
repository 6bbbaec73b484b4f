import { lstat, readFile, realpath, stat } from "node:fs/promises";
import { parseKeyFile, renderKeyFile } from "#crypto/key-file.ts";
import type { RootKey } from "#crypto/root-key.ts";
import { Refusal, systemCode } from "../terminal/refusal.ts";
import { writeDurably } from "./durable.ts";

/** Others than owner and group may do nothing with it (DESIGN 3.7). */
const FORBIDDEN_MODE = 0o007;

/** What a file that is not there is told by; a folder that cannot be is the store's to complain of. */
const ABSENT: ReadonlySet<string | undefined> = new Set(["ENOENT", "ENOTDIR"]);

/** The keys in the file at `path`, newest first, or undefined where there is no such file. */
export async function readKeyFile(path: string): Promise<readonly RootKey[] | undefined> {
  let text: string;
  try {
    const found = await stat(path);
    if (!found.isFile()) throw noFile(path);
    const { mode } = found;
    if ((mode & FORBIDDEN_MODE) !== 0) throw tooOpen(path, mode);
    text = await readFile(path, "utf8");
  } catch (cause) {
    if (ABSENT.has(systemCode(cause))) return await absent(path);
    if (cause instanceof Refusal) throw cause;
    const code = systemCode(cause);
    const hint = code === "EACCES" ? "run the command as the user that the key file belongs to" : undefined;
    throw new Refusal(`cannot read the key file \`${path}\` (${code})`, { hint, cause });
  }
  return keysIn(text, `the key file \`${path}\``);
}

/** A link that leads nowhere is no free place either: what it led to may be a disk that is not there today. */
async function absent(path: string): Promise<undefined> {
  const there = await lstat(path).catch(() => undefined);
  if (there?.isSymbolicLink() !== true) return undefined;
  throw new Refusal(`the key file \`${path}\` is a link to a file that is not there`, {
    hint: "bring back what it leads to, or remove the link where no key was made yet",
  });
}

const tooOpen = (path: string, mode: number): Refusal =>
  new Refusal(`the key file \`${path}\` is open to others (mode ${(mode & 0o777).toString(8)})`, {
    hint: `only its owner and group may read it: \`chmod 600 ${path}\``,
  });

const noFile = (path: string): Refusal =>
  new Refusal(`the key file \`${path}\` is no file`, {
    hint: "it is read again when keys rotate; what prints a key is given as `--key-command`",
  });

/** The keys in `text`, which is never quoted. */
export function keysIn(text: string, place: string): readonly RootKey[] {
  const keys = parseKeyFile(text);
  if (!keys.ok) throw new Refusal(`${place} holds no root key: ${keys.error}`);
  return keys.value;
}

/** Writes the first keys; where another process was faster, its keys are the answer. */
export async function createKeyFile(path: string, keys: readonly RootKey[]): Promise<readonly RootKey[]> {
  try {
    await writeDurably(path, 0o600, "new", (file) => file.writeFile(renderKeyFile(keys)));
    return keys;
  } catch (error) {
    const theirs = systemCode(error) === "EEXIST" ? await readKeyFile(path) : undefined;
    if (theirs !== undefined) return theirs;
    throw error;
  }
}

/**
 * Puts `keys` in the place of those in the file, which keeps its owner and mode: the server may run as another user. A link stays
 * one: others may know the file by its own name.
 */
export async function replaceKeyFile(path: string, keys: readonly RootKey[]): Promise<void> {
  const { mode, uid, gid } = await stat(path);
  await writeDurably(await realpath(path), 0o600, "replace", async (file) => {
    const made = await file.stat();
    if (made.uid !== uid || made.gid !== gid) await file.chown(uid, gid);
    await file.chmod(mode & 0o777);
    await file.writeFile(renderKeyFile(keys));
  });
}
