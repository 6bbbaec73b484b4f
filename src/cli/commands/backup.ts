import { systemClock } from "#base/clock.ts";
import type { DumpedRow } from "#storage/backup.ts";
import type { BackupHeader } from "../backup/format.ts";
import type { OpenPlace } from "../place/place.ts";
import { facts, progress, say } from "../terminal/output.ts";
import { Refusal, systemCode } from "../terminal/refusal.ts";
import type { CommandRow, Invocation } from "./command.ts";
import { withOperator } from "./with-operator.ts";

export const backup: CommandRow = {
  name: "backup",
  summary: "write the whole database to one file",
  detail:
    "It is of one moment, whether the server runs or not. Secrets in it stay sealed and the root key is not in it: keep " +
    "what `countersign key export` prints in another place. Never writes over a file.",
  arguments: [{ name: "file", doc: "the file to make", required: true }],
  settings: "operator",
  answers: true,
  examples: [{ line: 'countersign backup "countersign-$(date +%F).backup"', says: "one file a day" }],
  async run(invocation) {
    const path = invocation.argument(0) ?? "";
    await mustBeFree(path);
    const how = { create: false, clockMustBeRight: false };
    const made = await withOperator(invocation, how, async (operator, place) => {
      const [{ CreateBackup }, { DEPLOYMENT }, { acceptedOr }] = await Promise.all([
        import("#operations/countersign/notes.ts"),
        import("#operations/countersign/account-names.ts"),
        import("../place/operator.ts"),
      ]);
      // noted first: the backup holds its own event
      acceptedOr(await operator.attempt(DEPLOYMENT, CreateBackup, { Path: path }));
      return write(invocation, path, place);
    });
    say(
      invocation,
      facts({ Path: path, ...made }, { file: path, rows: String(made.Rows), sha256: made.Sha256 }),
    );
    return 0;
  },
};

async function mustBeFree(path: string): Promise<void> {
  const { access } = await import("node:fs/promises");
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (there) throw taken(path);
}

const taken = (path: string): Refusal =>
  new Refusal(`there is a file \`${path}\` already`, { hint: "name another" });

interface Written {
  readonly Rows: number;
  /** Of what is packed in the file. */
  readonly Sha256: string;
}

async function write({ io }: Invocation, path: string, place: OpenPlace): Promise<Written> {
  const [{ writeDurably }, { writeBackup }] = await Promise.all([
    import("../place/durable.ts"),
    import("../backup/write.ts"),
  ]);
  const tell = progress(io);
  let written: Written = { Rows: 0, Sha256: "" };
  try {
    await writeDurably(path, 0o600, "new", async (file) => {
      const rows = place.store.backup.dump();
      const first = await rows.next();
      if (first.done) throw new Error("a dump begins with the version of its database");
      const header = await headerOf(place, first.value);
      const trailer = await writeBackup(file, header, chained(first.value, rows), (count) =>
        tell(`${count} rows`),
      );
      written = { Rows: trailer.rows, Sha256: trailer.sha256 };
    });
  } catch (cause) {
    throw writeProblem(path, cause);
  }
  tell(undefined);
  return written;
}

async function headerOf({ store }: OpenPlace, version: DumpedRow): Promise<BackupHeader> {
  const [{ FORM, FORM_VERSION }, rootKeys, highest] = await Promise.all([
    import("../backup/format.ts"),
    store.rootKeys.list(),
    store.clock.highest(),
  ]);
  return {
    form: FORM,
    formVersion: FORM_VERSION,
    schemaVersion: Number(version.row.version),
    madeAt: systemClock(),
    highestMoment: highest,
    rootKeys: rootKeys.map((row) => ({ ...row, checkValue: Buffer.from(row.checkValue).toString("hex") })),
  };
}

async function* chained(first: DumpedRow, rest: AsyncIterable<DumpedRow>): AsyncGenerator<DumpedRow> {
  yield first;
  yield* rest;
}

function writeProblem(path: string, cause: unknown): unknown {
  const code = systemCode(cause);
  if (code === "EEXIST") return taken(path);
  return code === undefined || cause instanceof Refusal
    ? cause
    : new Refusal(`cannot write \`${path}\` (${code})`, { cause });
}
