import { access, constants, mkdir } from "node:fs/promises";
import { Refusal, systemCode } from "../terminal/refusal.ts";

/** Makes the folder at `path`, for its owner alone, or finds it there and writable. */
export async function ensureFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new Refusal(`cannot make the folder \`${path}\` (${systemCode(cause)})`, { hint: HINT, cause });
  }
  await ensureWritable(path);
}

/** The folder at `path` is there and this process may write in it. */
export async function ensureWritable(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Refusal(`cannot write in the folder \`${path}\` (${systemCode(cause)})`, { hint: HINT, cause });
  }
}

const HINT = "name another folder, or run the command as the user that this one belongs to";
