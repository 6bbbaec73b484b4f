import assert from "node:assert/strict";
import { type EpochMs, epochMs } from "#base/clock.ts";
import type { AccessKeyId, PrincipalId } from "#identity/ids.ts";
import type { GroupRow } from "#ports/groups.ts";
import type { UserOrder, UserQuery, UserSummary } from "#ports/user-summaries.ts";
import {
  type Bench,
  type Cases,
  makeAccount,
  makeGroup,
  makeKey,
  makeUser,
  NOW,
  newKeyId,
  newUser,
  SEALED,
} from "../fixtures.ts";

interface Facts {
  readonly name: string;
  /** Moments are in milliseconds after NOW. */
  readonly made: number;
  readonly used?: number;
  readonly password?: true;
  readonly devices?: number;
  /** Of active keys. */
  readonly keys?: readonly number[];
  readonly groups?: readonly string[];
}

const PEOPLE: readonly Facts[] = [
  { name: "Ana", made: 5, used: 50, password: true, devices: 2, keys: [7, 3], groups: ["ops", "Team"] },
  { name: "ben", made: 4, password: true, groups: ["ops"] },
  { name: "Carla", made: 3, used: 20, password: true, keys: [9] },
  { name: "d_mitri", made: 9, devices: 1 },
  { name: "Eva%", made: 5, used: 50, password: true, devices: 1, keys: [9], groups: ["Team"] },
  { name: "anabel", made: 2, keys: [1] },
  { name: "root", made: 1 },
];

const ANYBODY: UserQuery = {
  search: undefined,
  hasMfa: undefined,
  hasPassword: undefined,
  group: undefined,
  signedInUntil: undefined,
  keyUntil: undefined,
  order: "name",
  descending: false,
};

const after = (offset: number): EpochMs => epochMs(NOW + offset);

async function fill(bench: Bench): Promise<void> {
  for (const name of ["Team", "ops", "none"]) await makeGroup(bench, name);
  for (const person of PEOPLE) await makePerson(bench, person);
}

async function makePerson({ store, account }: Bench, person: Facts): Promise<void> {
  const { name, made, used, password, devices = 0, keys = [], groups = [] } = person;
  const user = { ...newUser(account, name), createdAt: after(made) };
  const owner = { accountId: account, userId: user.userId };
  await store.write(async (tx) => {
    await tx.users.create(user);
    if (used !== undefined) await tx.users.notePasswordUse(account, user.userId, after(used));
    const hash = {
      passwordHash: "h",
      createdAt: NOW,
      changedAt: NOW,
      resetRequired: false,
      earlierHashes: [],
    };
    if (password) await tx.loginProfiles.create({ ...owner, ...hash });
    for (let device = 0; device < devices; device += 1)
      await tx.users.count(account, user.userId, "mfaCount", 1);
    for (const at of keys) {
      await tx.users.count(account, user.userId, "accessKeyCount", 1);
      const key = { ...owner, accessKeyId: newKeyId(account), sealedSecret: SEALED, createdAt: after(at) };
      await tx.accessKeys.create(key);
    }
    for (const group of groups) {
      const row = await tx.groups.byName(account, group);
      await tx.groups.addMember(account, row?.groupId ?? user.userId, user.userId, NOW);
    }
  });
}

type Asked = readonly [query: Partial<UserQuery>, names: readonly string[]];

const group = ({ store, account }: Bench, name: string) => store.reader.groups.byName(account, name);

/** Ordered by hand, not by a second program. */
const ASKED = async (bench: Bench): Promise<Readonly<Record<string, Asked>>> => ({
  everybody: [{}, ["Ana", "anabel", "ben", "Carla", "d_mitri", "Eva%", "root"]],
  "turned round": [{ descending: true }, ["root", "Eva%", "d_mitri", "Carla", "ben", "anabel", "Ana"]],
  "a part of the name": [{ search: "A" }, ["Ana", "anabel", "Carla", "Eva%"]],
  "a part inside": [{ search: "NAB" }, ["anabel"]],
  "no pattern": [{ search: "_" }, ["d_mitri"]],
  "no pattern either": [{ search: "%" }, ["Eva%"]],
  "no name has it": [{ search: "'" }, []],
  "root's own row is none": [{ search: "<root" }, []],
  "a device": [{ hasMfa: true }, ["Ana", "d_mitri", "Eva%"]],
  "no device": [{ hasMfa: false }, ["anabel", "ben", "Carla", "root"]],
  "a password": [{ hasPassword: true }, ["Ana", "ben", "Carla", "Eva%"]],
  "no password": [{ hasPassword: false }, ["anabel", "d_mitri", "root"]],
  "a group": [{ group: await group(bench, "ops") }, ["Ana", "ben"]],
  "an empty group": [{ group: await group(bench, "none") }, []],
  "signed in long ago, or never and made long ago": [
    { signedInUntil: after(20) },
    ["anabel", "ben", "Carla", "d_mitri", "root"],
  ],
  "a moment earlier": [{ signedInUntil: after(3) }, ["anabel", "root"]],
  "an old key": [{ keyUntil: after(3) }, ["Ana", "anabel"]],
  "no key so old": [{ keyUntil: after(0) }, []],
  "all at once": [
    {
      ...{ search: "a", hasMfa: true, hasPassword: true, group: await group(bench, "Team") },
      ...{ signedInUntil: after(60), keyUntil: after(9), order: "created" as const },
    },
    ["Ana", "Eva%"],
  ],
  "the oldest first": [{ order: "created" }, ["root", "anabel", "Carla", "ben", "Ana", "Eva%", "d_mitri"]],
  "the newest first": [
    { order: "created", descending: true },
    ["d_mitri", "Ana", "Eva%", "ben", "Carla", "anabel", "root"],
  ],
  "never signed in first": [
    { order: "password-used" },
    ["anabel", "ben", "d_mitri", "root", "Carla", "Ana", "Eva%"],
  ],
  "never signed in last": [
    { order: "password-used", descending: true },
    ["Ana", "Eva%", "Carla", "anabel", "ben", "d_mitri", "root"],
  ],
  "no key first, then the youngest": [
    { order: "key-age" },
    ["ben", "d_mitri", "root", "Carla", "Eva%", "Ana", "anabel"],
  ],
  "the oldest key first": [{ order: "key-age", descending: true, hasMfa: true }, ["Ana", "Eva%", "d_mitri"]],
});

const found = async ({ store, account }: Bench, query: UserQuery, size: number) => {
  const users: PrincipalId[] = [];
  let key: string | undefined;
  for (;;) {
    const page = await store.reader.userSummaries.find(account, query, { after: key, limit: size });
    users.push(...page.map(({ userId }) => userId));
    if (page.length < size) return users;
    key = page.at(-1)?.key;
  }
};

const summaryOf = async ({ store, account }: Bench, user: PrincipalId): Promise<UserSummary | undefined> =>
  (await store.reader.userSummaries.load(account, [user]))[0];

const keysOf = async (bench: Bench, user: PrincipalId) => {
  const { activeKeys, oldestActiveKeyAt } = (await summaryOf(bench, user)) ?? {};
  return [activeKeys, oldestActiveKeyAt];
};

export const userSummaryCases: Cases = {
  "users are found by every filter in every order, whatever the page's size": async (bench) => {
    await fill(bench);
    const elsewhere = { ...bench, account: await makeAccount(bench.store) };
    await makeUser(elsewhere, "ana");
    for (const [name, [asked, names]] of Object.entries(await ASKED(bench))) {
      const count = (most: number) =>
        bench.store.reader.userSummaries.count(bench.account, { ...ANYBODY, ...asked }, most);
      assert.deepEqual([await count(100), await count(2)], [names.length, Math.min(2, names.length)], name);
      for (const size of [1, 2, 100]) {
        const users = await found(bench, { ...ANYBODY, ...asked }, size);
        const rows = await bench.store.reader.userSummaries.load(bench.account, users);
        assert.deepEqual(
          rows.map(({ userName }) => userName),
          names,
          `${name}, ${size} a page`,
        );
      }
    }
  },

  "a large group is walked, not looked up, and holds the same": async (bench) => {
    await fill(bench);
    const ops = await group(bench, "ops");
    assert.ok(ops);
    for (const order of ["name", "created", "password-used", "key-age"] satisfies readonly UserOrder[]) {
      const few = await found(bench, { ...ANYBODY, order, group: ops }, 1);
      const large: GroupRow = { ...ops, memberCount: 1_000_000 };
      assert.deepEqual(await found(bench, { ...ANYBODY, order, group: large }, 1), few);
      assert.equal(few.length, 2);
    }
  },

  "a summary holds what the list shows, in the order asked for": async (bench) => {
    await fill(bench);
    const { store, account } = bench;
    const [ana, anabel] = await found(bench, ANYBODY, 100);
    assert.ok(ana && anabel);
    const nobody = newUser(account, "x").userId;
    const common = { accountId: account, path: "/", passwordLastUsed: undefined };
    assert.deepEqual(await store.reader.userSummaries.load(account, [anabel, nobody, ana]), [
      {
        ...{ ...common, userId: anabel, userName: "anabel", createdAt: after(2), hasPassword: false },
        ...{ mfaCount: 0, activeKeys: 1, oldestActiveKeyAt: after(1), groups: [] },
      },
      {
        ...{ ...common, userId: ana, userName: "Ana", createdAt: after(5), hasPassword: true },
        ...{ passwordLastUsed: after(50), mfaCount: 2, activeKeys: 2, oldestActiveKeyAt: after(3) },
        groups: ["ops", "Team"],
      },
    ]);
    assert.deepEqual(await store.reader.userSummaries.load(account, []), []);
    const elsewhere = await makeAccount(store);
    assert.deepEqual(await store.reader.userSummaries.load(elsewhere, [ana]), []);
    assert.deepEqual(await store.reader.userSummaries.find(elsewhere, ANYBODY, { limit: 9 }), []);
  },

  "active keys are counted as they come, rest and go": async (bench) => {
    const { store, account } = bench;
    const user = await makeUser(bench, "keys");
    assert.deepEqual(await keysOf(bench, user), [0, undefined]);
    const key = await store.write((tx) => makeKey(tx, account, user));
    assert.deepEqual(await keysOf(bench, user), [1, NOW]);
    const set = (status: "Active" | "Inactive", id: AccessKeyId) =>
      store.write((tx) => tx.accessKeys.setStatus(account, user, id, status));
    assert.equal(await set("Inactive", key), true);
    assert.deepEqual(await keysOf(bench, user), [0, undefined]);
    assert.equal(await set("Active", key), true);
    assert.deepEqual(await keysOf(bench, user), [1, NOW]);
    assert.equal(await set("Active", newKeyId(account)), false);
    assert.equal(await store.write((tx) => tx.accessKeys.remove(account, user, key)), true);
    assert.deepEqual(await keysOf(bench, user), [0, undefined]);
  },

  "two keys turned at once are both counted": async (bench) => {
    const { store, account } = bench;
    const user = await makeUser(bench, "turned");
    const keys = [
      await store.write((tx) => makeKey(tx, account, user)),
      await store.write((tx) => makeKey(tx, account, user)),
    ];
    for (const status of ["Inactive", "Active", "Inactive", "Active", "Inactive"] as const) {
      const turn = (key: AccessKeyId) =>
        store.write((tx) => tx.accessKeys.setStatus(account, user, key, status));
      assert.deepEqual(await Promise.all(keys.map(turn)), [true, true]);
      assert.deepEqual(await keysOf(bench, user), status === "Active" ? [2, NOW] : [0, undefined]);
    }
  },
};
