import { compareParsed } from "./comparison.ts";

/** Base64 with its padding and no stray bits, so that equal bytes are equal texts; undefined for anything else. */
export const parseBinary = (text: string): string | undefined =>
  Buffer.from(text, "base64").toString("base64") === text ? text : undefined;

export const equals = compareParsed(parseBinary, (seen, wanted) => seen === wanted);
