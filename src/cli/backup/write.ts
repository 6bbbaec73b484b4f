import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { DumpedRow } from "#storage/backup.ts";
import { type BackupHeader, type BackupTrailer, renderLine, renderRow } from "./format.ts";

/** Bytes are handed to the compressor in pieces of about this size: a row at a time would cost more than it weighs. */
const PIECE = 1 << 16;

/** Writes a whole backup to `file`, which is left open, and returns its trailer. */
export async function writeBackup(
  file: FileHandle,
  header: BackupHeader,
  rows: AsyncIterable<DumpedRow>,
  tell: (rows: number) => void,
): Promise<BackupTrailer> {
  const hash = createHash("sha256");
  let written = 0;
  let trailer: BackupTrailer = { rows: 0, sha256: "" };
  async function* pieces(): AsyncGenerator<Buffer> {
    let piece = renderLine(header);
    for await (const row of rows) {
      piece += renderRow(row);
      written += 1;
      if (piece.length < PIECE) continue;
      yield hashed(piece);
      tell(written);
      piece = "";
    }
    yield hashed(piece);
    trailer = { rows: written, sha256: hash.digest("hex") };
    yield Buffer.from(renderLine(trailer));
  }
  const hashed = (text: string): Buffer => {
    const bytes = Buffer.from(text, "utf8");
    hash.update(bytes);
    return bytes;
  };
  await pipeline(Readable.from(pieces()), createGzip(), async (packed: AsyncIterable<Uint8Array>) => {
    // goes on where the last write ended
    for await (const bytes of packed) await file.writeFile(bytes);
  });
  return trailer;
}
