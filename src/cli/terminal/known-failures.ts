import { Refusal, systemCode } from "./refusal.ts";

type Told = readonly [sentence: string, hint: string];

// What a machine does to any command at any moment, in a sentence: a person can put it right.
const NO_ROOM: Told = ["there is no room left on the disk", "make room, then run the command again"];
const READ_ONLY: Told = [
  "the place cannot be written",
  "it is another user's, or its file system is read-only; `--data` names another place",
];
const FAILING: Told = [
  "the disk failed while it was read or written",
  "see whether it is full, and the system's log",
];
const DAMAGED: Told = [
  "the database is damaged",
  "keep it, and put a backup into a new folder with `countersign restore`",
];

const BY_SYSTEM_CODE: ReadonlyMap<string, Told> = new Map([
  ["ENOSPC", NO_ROOM],
  ["EDQUOT", NO_ROOM],
  ["EROFS", READ_ONLY],
  ["EIO", FAILING],
]);

/** By SQLite's primary result code. */
const BY_RESULT_CODE: ReadonlyMap<number, Told> = new Map([
  [8, READ_ONLY],
  [10, FAILING],
  [11, DAMAGED],
  [13, NO_ROOM],
]);

/** The refusal that tells of `error`, where it or what brought it about is a failure of the machine; undefined for a bug. */
export function knownFailure(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  const told = BY_RESULT_CODE.get(resultCode(error)) ?? BY_SYSTEM_CODE.get(systemCode(error) ?? "");
  if (told === undefined) return knownFailure(error.cause);
  const [sentence, hint] = told;
  return new Refusal(sentence, { hint, cause: error });
}

const resultCode = (error: Error): number =>
  "errcode" in error && typeof error.errcode === "number" ? error.errcode % 256 : 0;
