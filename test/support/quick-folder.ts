import { accessSync, constants, mkdtempSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Linux keeps it in memory. */
const IN_MEMORY = "/dev/shm";
const ENOUGH_BYTES = 1 << 28;

/** A new folder for files that need not outlive a crash of the machine: nobody waits for a disk where memory will do. */
export const quickFolder = (name: string): string => mkdtempSync(join(place(), `countersign-${name}-`));

function place(): string {
  try {
    accessSync(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= ENOUGH_BYTES ? IN_MEMORY : tmpdir();
  } catch {
    // other systems have no such place
    return tmpdir();
  }
}
