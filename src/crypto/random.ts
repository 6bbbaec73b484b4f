import * as crypto from "node:crypto";

/** Returns `size` bytes from a cryptographically secure generator. */
export type RandomBytes = (size: number) => Uint8Array;

export const randomBytes: RandomBytes = (size) => crypto.randomBytes(size);
