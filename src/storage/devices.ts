import { type Kysely, type Selectable, sql } from "kysely";
import { epochMs } from "#base/clock.ts";
import type { AccountId, PrincipalId, SerialNumber } from "#identity/ids.ts";
import type { AssignmentStatus, DeviceReads, DeviceRow, DeviceWrites, Waiting } from "#ports/devices.ts";
import type { Page } from "#ports/page.ts";
import { deleted, foldCase, fromJson, inserted, toJson, updated } from "./rows.ts";
import type { Db } from "./schema.ts";
import { newSeed } from "./seeds.ts";

export const deviceReads = (db: Kysely<Db>): DeviceReads => ({
  load: async (account, serial) => {
    const row = await db
      .selectFrom("mfa_devices")
      .selectAll()
      .where("account_id", "=", account)
      .where("serial_folded", "=", foldCase(serial))
      // Unique without regard to case, matched exactly.
      .where(sql<string>`serial_number`, "=", serial)
      .executeTakeFirst();
    return row && toDevice(row);
  },
  listFor: async (account, owner, page) => {
    const rows = await listOwned(db, account, owner, page).execute();
    return rows.map(toDevice);
  },
  listForgotten: async (until, limit) => {
    const rows = await db
      .selectFrom("mfa_devices")
      .selectAll()
      .where("enrol_until", "<=", until)
      .where("owner_id", "is", null)
      .orderBy("enrol_until")
      .limit(limit)
      .execute();
    return rows.map(toDevice);
  },
  list: async (account, status, page) => {
    const rows = await listDevices(db, account, status, page).execute();
    return rows.map(toDevice);
  },
});

/** No principal's id. */
const NOBODY = "" as PrincipalId;

const WAITS_NO_LONGER = { enrol_until: null, enrolment_id: null };

const listOwned = (db: Kysely<Db>, account: AccountId, owner: PrincipalId, { after, limit }: Page) =>
  db
    .selectFrom("mfa_devices")
    .selectAll()
    .where("account_id", "=", account)
    .where("owner_id", "=", owner)
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(enabled_at, serial_number) > (select d.enabled_at, d.serial_number from mfa_devices as d
          where d.account_id = ${account} and d.owner_id = ${owner} and d.serial_number = ${after})`,
      ),
    )
    .orderBy("enabled_at")
    .orderBy("serial_number")
    .limit(limit);

const listDevices = (db: Kysely<Db>, account: AccountId, status: AssignmentStatus, { after, limit }: Page) =>
  db
    .selectFrom("mfa_devices")
    .selectAll()
    .where("account_id", "=", account)
    .where(sql<string>`seed_id`, ">", after ?? "")
    .$if(status === "Assigned", (query) => query.where("owner_id", "is not", null))
    .$if(status === "Unassigned", (query) => query.where("owner_id", "is", null))
    .orderBy("seed_id")
    .limit(limit);

export const deviceWrites = (db: Kysely<Db>): DeviceWrites => ({
  create: (row, sealedSeed) => createDevice(db, row, sealedSeed),
  assign: async (account, serial, owner, at) =>
    updated(
      await oneDevice(db, account, serial)
        .set({ owner_id: owner, enabled_at: at, ...WAITS_NO_LONGER })
        .where("owner_id", "is", null)
        .executeTakeFirst(),
    ),
  release: async (account, serial, owner) =>
    updated(
      await oneDevice(db, account, serial)
        .set({ owner_id: null, enabled_at: null, ...WAITS_NO_LONGER })
        .where("owner_id", "=", owner)
        .executeTakeFirst(),
    ),
  remove: (account, serial, only) => removeDevice(db, account, serial, only),
  lock: async (account, serial) => {
    const touch = oneDevice(db, account, serial).set((eb) => ({ path: eb.ref("path") }));
    const row = await touch.returningAll().executeTakeFirst();
    return row && toDevice(row);
  },
  setTags: async (account, serial, tags) => {
    await oneDevice(db, account, serial)
      .set({ tags: toJson(tags) })
      .execute();
  },
  countUnassignedBy: async (account, creator) => {
    const row = await db
      .selectFrom("mfa_devices")
      .select((eb) => eb.fn.countAll<number>().as("devices"))
      .where("account_id", "=", account)
      .where("created_by", "=", creator)
      .where("owner_id", "is", null)
      .executeTakeFirstOrThrow();
    return row.devices;
  },
});

const oneDevice = (db: Kysely<Db>, account: AccountId, serial: SerialNumber) =>
  db
    .updateTable("mfa_devices")
    .where("account_id", "=", account)
    .where("serial_folded", "=", foldCase(serial))
    .where("serial_number", "=", serial);

async function createDevice(
  db: Kysely<Db>,
  row: Omit<DeviceRow, "owner">,
  sealedSeed: Uint8Array,
): Promise<boolean> {
  const { accountId, seedId } = row;
  await db
    .insertInto("mfa_seeds")
    .values(newSeed(accountId, seedId, sealedSeed))
    .execute();
  const insert = db.insertInto("mfa_devices").values(newDevice(row));
  const result = await insert
    .onConflict((conflict) => conflict.columns(["account_id", "serial_folded"]).doNothing())
    .executeTakeFirstOrThrow();
  if (inserted(result)) return true;
  // The device names its seed, so the seed had to come first.
  await db
    .deleteFrom("mfa_seeds")
    .where("account_id", "=", accountId)
    .where("seed_id", "=", seedId)
    .execute();
  return false;
}

async function removeDevice(
  db: Kysely<Db>,
  account: AccountId,
  serial: SerialNumber,
  { waitingFor, enrolmentId, until }: Waiting = {},
): Promise<boolean> {
  const gone = await db
    .deleteFrom("mfa_devices")
    .where("account_id", "=", account)
    .where("serial_folded", "=", foldCase(serial))
    .where("serial_number", "=", serial)
    .where("owner_id", "is", null)
    .$if(waitingFor !== undefined || until !== undefined, (query) =>
      query.where("enrol_until", "is not", null),
    )
    .$if(waitingFor !== undefined, (query) => query.where("created_by", "=", waitingFor ?? NOBODY))
    .$if(enrolmentId !== undefined, (query) => query.where("enrolment_id", "=", enrolmentId ?? ""))
    .$if(until !== undefined, (query) => query.where("enrol_until", "<=", until ?? epochMs(0)))
    .returning("seed_id")
    .executeTakeFirst();
  if (gone === undefined) return false;
  const { seed_id: seed } = gone;
  await db.deleteFrom("mfa_claims").where("account_id", "=", account).where("seed_id", "=", seed).execute();
  const seeds = db.deleteFrom("mfa_seeds").where("account_id", "=", account);
  return deleted(await seeds.where("seed_id", "=", seed).executeTakeFirst());
}

const newDevice = (row: Omit<DeviceRow, "owner">): Db["mfa_devices"] => ({
  account_id: row.accountId,
  serial_number: row.serialNumber,
  serial_folded: foldCase(row.serialNumber),
  path: row.path,
  name: row.name,
  seed_id: row.seedId,
  created_at: row.createdAt,
  created_by: row.createdBy,
  tags: toJson(row.tags),
  owner_id: null,
  enabled_at: null,
  enrol_until: row.enrolUntil ?? null,
  enrolment_id: row.enrolmentId ?? null,
});

const toDevice = (row: Selectable<Db["mfa_devices"]>): DeviceRow => ({
  accountId: row.account_id,
  serialNumber: row.serial_number,
  path: row.path,
  name: row.name,
  seedId: row.seed_id,
  createdAt: row.created_at,
  createdBy: row.created_by,
  tags: fromJson(row.tags),
  enrolUntil: row.enrol_until ?? undefined,
  enrolmentId: row.enrolment_id ?? undefined,
  // The table's check holds the two together.
  owner:
    row.owner_id === null ? undefined : { userId: row.owner_id, enabledAt: row.enabled_at ?? epochMs(0) },
});
