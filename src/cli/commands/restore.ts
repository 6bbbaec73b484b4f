import { type EpochMs, epochMs, isoSeconds, systemClock } from "#base/clock.ts";
import type { BackupHeader } from "../backup/format.ts";
import { facts, progress, say } from "../terminal/output.ts";
import { Refusal } from "../terminal/refusal.ts";
import type { CommandRow, Invocation } from "./command.ts";
import { withOperator } from "./with-operator.ts";

export const restore: CommandRow = {
  name: "restore",
  summary: "put a backup into an empty place",
  detail:
    "The file is read to its end and checked before anything is written. The root key of the backup must be there: " +
    "`countersign key import` brings it. Codes of now and before are refused afterwards, and every session is over, since " +
    "what was used or ended after the backup was made is not in it.",
  arguments: [{ name: "file", doc: "a file that `countersign backup` made", required: true }],
  settings: "operator",
  answers: true,
  examples: [
    {
      line: "countersign key import root-key.sealed --passphrase-stdin --data ./new && countersign restore FILE --data ./new",
      says: "on a new machine; the passphrase comes on standard input",
    },
  ],
  async run(invocation) {
    const path = invocation.argument(0) ?? "";
    const { checkBackup } = await import("../backup/read.ts");
    const tell = progress(invocation.io);
    const header = await checkBackup(path, (rows) => tell(`checked ${rows} rows`));
    const now = systemClock();
    await refuseUnfit(invocation, header, now);
    await load(invocation, path, now);
    await note(invocation, header);
    tell(undefined);
    const MadeAt = isoSeconds(header.madeAt);
    say(invocation, facts({ Path: path, MadeAt }, { restored: path, "made at": MadeAt }));
    return 0;
  },
};

/** What would make the restored database useless is said before it is written. */
async function refuseUnfit({ settings }: Invocation, header: BackupHeader, now: EpochMs): Promise<void> {
  const [{ MIGRATIONS }, { keySource }, { missingKey }, { clockRefusal }] = await Promise.all([
    import("#storage/migrations.ts"),
    import("../place/key-source.ts"),
    import("../place/bind-keys.ts"),
    import("../place/clock.ts"),
  ]);
  if (header.schemaVersion > MIGRATIONS.length) {
    throw new Refusal("the backup was made by a newer program", { hint: "restore it with that program" });
  }
  const keys = (await keySource(settings).read()) ?? [];
  const rows = header.rootKeys.map(({ checkValue, ...row }) => ({
    ...row,
    checkValue: Buffer.from(checkValue, "hex"),
  }));
  const missing = missingKey(rows, keys);
  if (missing !== undefined) {
    throw new Refusal(`the backup was sealed under root key \`${missing.keyId}\`, which is not here`, {
      hint: "bring it with `countersign key import` first",
    });
  }
  const behind = clockRefusal(epochMs(header.highestMoment), now);
  if (behind !== undefined) throw behind;
}

async function load({ settings, io }: Invocation, path: string, now: EpochMs): Promise<void> {
  const [{ readBackup }, { openEmptyStore }, { afterRestore, NEW_SEED }] = await Promise.all([
    import("../backup/read.ts"),
    import("../place/place.ts"),
    import("#mfa/seed.ts"),
  ]);
  const store = await openEmptyStore(settings);
  try {
    await store.backup.load(counted(readBackup(path), progress(io)), {
      floorStep: (drift) => afterRestore({ ...NEW_SEED, drift }, now).floorStep,
      sessionsNotBefore: now,
    });
  } finally {
    await store.close();
  }
}

async function* counted<T>(rows: AsyncIterable<T>, tell: (sentence: string) => void): AsyncGenerator<T> {
  let count = 0;
  for await (const row of rows) {
    yield row;
    count += 1;
    if (count % 1000 === 0) tell(`restored ${count} rows`);
  }
}

/** The restored log tells of its restoring. */
async function note(invocation: Invocation, header: BackupHeader): Promise<void> {
  await withOperator(invocation, { create: false, clockMustBeRight: false }, async (operator) => {
    const [{ RestoreBackup }, { DEPLOYMENT }, { acceptedOr }] = await Promise.all([
      import("#operations/countersign/notes.ts"),
      import("#operations/countersign/account-names.ts"),
      import("../place/operator.ts"),
    ]);
    const input = { MadeAt: isoSeconds(header.madeAt) };
    acceptedOr(await operator.attempt(DEPLOYMENT, RestoreBackup, input));
  });
}
