import { type EpochMs, epochMs, isoSeconds, systemClock } from "#base/clock.ts";
import type { RootKey } from "#crypto/root-key.ts";
import type { Transaction } from "#ports/store.ts";
import type { BackupHeader } from "../backup/format.ts";
import { facts, progress, say } from "../terminal/output.ts";
import { Refusal } from "../terminal/refusal.ts";
import type { CommandRow, Invocation } from "./command.ts";
import { VERSION } from "./version.ts";

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
    const keys = await fitKeys(invocation, header, now);
    await load(invocation, { path, header, keys, now });
    tell(undefined);
    const MadeAt = isoSeconds(header.madeAt);
    say(invocation, facts({ Path: path, MadeAt }, { restored: path, "made at": MadeAt }));
    return 0;
  },
};

/** The keys that the backup was sealed under. What would make the restored database useless is said before it is written. */
async function fitKeys(
  { settings }: Invocation,
  header: BackupHeader,
  now: EpochMs,
): Promise<readonly RootKey[]> {
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
  return keys;
}

interface Loading {
  readonly path: string;
  readonly header: BackupHeader;
  readonly keys: readonly RootKey[];
  readonly now: EpochMs;
}

async function load(invocation: Invocation, { path, header, keys, now }: Loading): Promise<void> {
  const { settings, io } = invocation;
  const [{ readBackup }, { openEmptyStore }, { afterRestore, NEW_SEED }] = await Promise.all([
    import("../backup/read.ts"),
    import("../place/place.ts"),
    import("#mfa/seed.ts"),
  ]);
  const store = await openEmptyStore(settings);
  // read anew each time it is walked: the database may ask for the transaction again
  const rows = { [Symbol.asyncIterator]: () => counted(readBackup(path), progress(io)) };
  try {
    await store.backup.load(rows, {
      floorStep: (drift) => afterRestore({ ...NEW_SEED, drift }, now).floorStep,
      sessionsNotBefore: now,
      within: (tx) => note(tx, invocation, header, keys),
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

/** The restored log tells of its restoring, in the transaction that restores: there is no restored database without it. */
async function note(
  tx: Transaction,
  { settings }: Invocation,
  header: BackupHeader,
  keys: readonly RootKey[],
): Promise<void> {
  const [
    { RestoreBackup },
    { DEPLOYMENT },
    { acceptedOr, operatorOf, storeWithin },
    { openKeyring },
    random,
  ] = await Promise.all([
    import("#operations/countersign/notes.ts"),
    import("#operations/countersign/account-names.ts"),
    import("../place/operator.ts"),
    import("#crypto/keyring.ts"),
    import("#crypto/random.ts"),
  ]);
  const place = { store: storeWithin(tx), keyring: openKeyring(keys, random.randomBytes) };
  const operator = operatorOf(place, settings, `countersign/${VERSION}`);
  acceptedOr(await operator.attempt(DEPLOYMENT, RestoreBackup, { MadeAt: isoSeconds(header.madeAt) }));
}
