import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { type FileHandle, link, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** How a file comes to its name: over whatever is there, or only where nothing is. */
export type Placement = "replace" | "new";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Writes a file so that its name holds all of it or what it held before, whenever the machine stops: a temporary file beside
 * it, synced, then named, then its folder synced. `new` fails with EEXIST where the name is taken, even if just now. Who is ended
 * by a signal meanwhile leaves no temporary file.
 */
export async function writeDurably(
  path: string,
  mode: number,
  placement: Placement,
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  const atSignal = (signal: NodeJS.Signals): void => {
    // whoever else listens ends by himself, and comes by the `finally` here
    if (process.listenerCount(signal) > 0) return;
    rmSync(temporary, { force: true });
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.once(signal, atSignal);
  try {
    const file = await open(temporary, "wx", mode);
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    if (placement === "replace") await rename(temporary, path);
    else await link(temporary, path);
  } finally {
    await rm(temporary, { force: true });
    for (const signal of SIGNALS) process.off(signal, atSignal);
  }
  await syncFolder(dirname(path));
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
