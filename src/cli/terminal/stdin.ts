import type { Readable } from "node:stream";
import { Refusal } from "./refusal.ts";

const MOST_BYTES = 1 << 20;

/** All of standard input as text. */
export async function readAll(stdin: Readable): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stdin) {
    const bytes: Uint8Array = Buffer.from(part);
    size += bytes.length;
    if (size > MOST_BYTES) throw new Refusal("standard input is longer than a megabyte");
    parts.push(bytes);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw new Refusal("standard input is not UTF-8 text");
  }
}

/** The one line of a secret on standard input: without its line end, and not empty. */
export function firstLine(text: string, what: string): string {
  const line = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  if (line === "")
    throw new Refusal(`standard input holds no ${what}`, {
      hint: `its first line is the ${what}`,
      status: 2,
    });
  return line;
}

/** What follows the first line. */
export const afterFirstLine = (text: string): string => text.replace(/^[^\r\n]*\r?\n?/, "");
