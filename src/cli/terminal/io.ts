import type { Readable, Writable } from "node:stream";

/** Where a command reads and writes. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** Secrets are taken out of it once read. */
  readonly env: Record<string, string | undefined>;
}

export type OutputForm = "text" | "json" | "table";
