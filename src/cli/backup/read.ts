import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import type { DumpedRow } from "#storage/backup.ts";
import { Refusal, systemCode } from "../terminal/refusal.ts";
import { type BackupHeader, parseHeader, parseRow, parseTrailer } from "./format.ts";

/** Longer than any row: a file that unpacks to one endless line is not read to its end. */
const LONGEST_LINE = 64 << 20;

/** Reads the whole of a backup, and returns its header once the trailer has shown that nothing is missing or altered. */
export async function checkBackup(path: string, tell: (rows: number) => void): Promise<BackupHeader> {
  const reading = readBackup(path);
  let rows = 0;
  for (;;) {
    const next = await reading.next();
    if (next.done) return next.value;
    rows += 1;
    if (rows % 1000 === 0) tell(rows);
  }
}

/** The rows of a backup in order. Throws a `Refusal`, after the last row at the latest, where the file is not whole. */
export async function* readBackup(path: string): AsyncGenerator<DumpedRow, BackupHeader> {
  const hash = createHash("sha256");
  let header: BackupHeader | undefined;
  let rows = 0;
  let last: string | undefined;
  for await (const line of linesOf(path)) {
    if (last !== undefined) {
      // only the line after it shows that a line is not the trailer
      hash.update(`${last}\n`);
      if (header === undefined) header = headerIn(path, last);
      else {
        yield rowIn(path, last);
        rows += 1;
      }
    }
    last = line;
  }
  if (last === undefined) throw noBackup(path);
  // a first line that is also the last
  if (header === undefined) headerIn(path, last);
  if (header === undefined) throw damaged(path, "it ends after its header");
  checkTrailer(path, last, rows, hash);
  return header;
}

function headerIn(path: string, line: string): BackupHeader {
  const parsed = parseHeader(line);
  if (parsed === "no backup") throw noBackup(path);
  if (parsed === "newer form") {
    throw new Refusal(`the backup \`${path}\` was made by a newer program`, {
      hint: "restore it with that program",
    });
  }
  return parsed.header;
}

function rowIn(path: string, line: string): DumpedRow {
  const row = parseRow(line);
  if (row === undefined) throw damaged(path, "a row is not in its form");
  return row;
}

function checkTrailer(path: string, line: string | undefined, rows: number, hash: Hash): void {
  const trailer = line === undefined ? undefined : parseTrailer(line);
  if (trailer === undefined) throw damaged(path, "its end is missing");
  if (trailer.rows !== rows) throw damaged(path, `it has ${rows} rows where there were ${trailer.rows}`);
  if (trailer.sha256 !== hash.digest("hex")) throw damaged(path, "its bytes are not those that were written");
}

const noBackup = (path: string): Refusal => new Refusal(`\`${path}\` is no backup of Countersign`);

const damaged = (path: string, how: string): Refusal =>
  new Refusal(`the backup \`${path}\` is damaged: ${how}`, {
    hint: "nothing was restored; use another copy of it",
  });

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const unpacked = file.pipe(createGunzip());
  file.on("error", (error) => unpacked.destroy(error));
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  try {
    for await (const piece of unpacked) {
      const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      if (rest.length > LONGEST_LINE) throw damaged(path, "a row has no end");
      yield* lines;
    }
    rest += decoder.decode();
  } catch (cause) {
    throw readProblem(path, cause);
  } finally {
    file.destroy();
  }
  if (rest !== "") throw damaged(path, "its last line has no end");
}

function readProblem(path: string, cause: unknown): unknown {
  const code = systemCode(cause) ?? "";
  if (code.startsWith("Z_") || code === "ERR_ENCODING_INVALID_ENCODED_DATA") {
    return code === "Z_DATA_ERROR" || code === "Z_BUF_ERROR"
      ? damaged(path, "it does not unpack")
      : damaged(path, code);
  }
  if (cause instanceof Refusal) return cause;
  return code === "" ? cause : new Refusal(`cannot read \`${path}\` (${code})`, { cause });
}
