import assert from "node:assert/strict";
import { epochMs } from "#base/clock.ts";
import type { Arn } from "#identity/ids.ts";
import { issuePrincipalId, rootPrincipalId } from "#identity/ids.ts";
import {
  type Bench,
  type Cases,
  makeAccount,
  makeDevice,
  makeKey,
  makeUser,
  NOW,
  newUser,
  randomBytes,
  serialOf,
  userName,
} from "../fixtures.ts";

const POLICY = "arn:aws:iam::aws:policy/AdministratorAccess" as Arn; // an AWS managed policy's own ARN

const namesUnder = async ({ store, account }: Bench, prefix: string, after?: string, limit = 100) =>
  (await store.reader.users.list(account, prefix, { after, limit })).map((row) => row.userName);

export const userCases: Cases = {
  "a name is unique without regard to case, kept as written": async (bench) => {
    const { store, account } = bench;
    const id = await makeUser(bench, "Alice");
    assert.equal(await store.write((tx) => tx.users.create(newUser(account, "aLICE"))), false);
    const found = await store.reader.users.byName(account, "ALICE");
    assert.equal(found?.userId, id);
    assert.equal(found?.userName, "Alice");
    const elsewhere = await makeAccount(store);
    assert.equal(await store.reader.users.byName(elsewhere, "Alice"), undefined);
    assert.equal(await store.reader.users.byId(elsewhere, id), undefined);
    await makeUser({ store, account: elsewhere }, "alice");
  },

  "root is found by id alone": async (bench) => {
    const { store, account } = bench;
    assert.equal(await store.reader.users.byName(account, "<root_account>"), undefined);
    assert.deepEqual(await namesUnder(bench, "/"), []);
    assert.ok(await store.reader.users.byId(account, rootPrincipalId(account)));
    assert.equal(await store.write((tx) => tx.users.remove(account, rootPrincipalId(account))), false);
  },

  "a rename or move keeps all else; another's name is refused as a value": async (bench) => {
    const { store, account } = bench;
    const id = await makeUser(bench, "before");
    await makeUser(bench, "Other");
    const update = (change: { userName?: ReturnType<typeof userName>; path?: string }) =>
      store.write(async (tx) => {
        const done = await tx.users.update(account, id, change);
        await tx.users.setTags(account, id, [{ Key: "seen", Value: String(done) }]);
        return done;
      });
    assert.equal(await update({ userName: userName("oTHER"), path: "/x/" }), false);
    const refused = await store.reader.users.byId(account, id);
    assert.deepEqual([refused?.userName, refused?.path], ["before", "/"]);
    assert.deepEqual(refused?.tags, [{ Key: "seen", Value: "false" }]);
    assert.equal(await update({ userName: userName("BEFORE") }), true);
    assert.equal(await update({ userName: userName("After"), path: "/x/" }), true);
    assert.equal(await update({}), true);
    const moved = await store.reader.users.byName(account, "after");
    assert.deepEqual([moved?.userId, moved?.userName, moved?.path], [id, "After", "/x/"]);
    assert.equal(await store.reader.users.byName(account, "before"), undefined);
  },

  "the list is by path prefix, in order of the folded name": async (bench) => {
    const places = [
      ["b", "/team/"],
      ["A", "/team/red/"],
      ["c", "/teams/"],
      ["d_", "/"],
      ["D", "/Team/"],
      ["e%", "/te_m/"],
    ] as const;
    for (const [name, path] of places) await makeUser(bench, name, path);
    assert.deepEqual(await namesUnder(bench, "/"), ["A", "b", "c", "D", "d_", "e%"]);
    assert.deepEqual(await namesUnder(bench, "/team/"), ["A", "b"]);
    assert.deepEqual(await namesUnder(bench, "/team"), ["A", "b", "c"]);
    assert.deepEqual(await namesUnder(bench, "/te_m"), ["e%"]);
    assert.deepEqual(await namesUnder(bench, "/", "b", 2), ["c", "D"]);
    assert.deepEqual(await namesUnder(bench, "/", "d", 5), ["d_", "e%"]);
    assert.deepEqual(await namesUnder(bench, "/team/", "a", 5), ["b"]);
  },

  "only who holds nothing is deleted": async (bench) => {
    const { store, account } = bench;
    const id = await makeUser(bench, "holder");
    const remove = () => store.write((tx) => tx.users.remove(account, id));
    const hash = { passwordHash: "h", createdAt: NOW, changedAt: NOW };
    const profile = { accountId: account, userId: id, ...hash, resetRequired: false, earlierHashes: [] };
    const key = await store.write((tx) => makeKey(tx, account, id));
    await store.write((tx) => tx.users.count(account, id, "policyCount", 1));
    await store.write((tx) => tx.loginProfiles.create(profile));
    await store.write((tx) => tx.users.count(account, id, "mfaCount", 1));
    assert.equal(await remove(), false);
    await store.write((tx) => tx.users.count(account, id, "mfaCount", -1));
    assert.equal(await remove(), false);
    await store.write((tx) => tx.loginProfiles.remove(account, id));
    assert.equal(await remove(), false);
    await store.write((tx) => tx.users.count(account, id, "policyCount", -1));
    assert.equal(await remove(), false);
    await store.write(async (tx) => {
      await tx.accessKeys.remove(account, id, key);
      await tx.users.count(account, id, "accessKeyCount", -1);
    });
    assert.equal(await remove(), true);
    assert.equal(await remove(), false);
    assert.equal(await store.reader.users.byId(account, id), undefined);
    await makeUser(bench, "Holder");
  },

  "the row behind the counts holds a user too": async (bench) => {
    const { store, account } = bench;
    const id = await makeUser(bench, "uncounted");
    await makeDevice(bench, "uncounted", id);
    await store.write((tx) => tx.devices.assign(account, serialOf(account, "uncounted"), id, NOW));
    // Whoever forgets to count meets the foreign key: a bug, and it throws.
    await assert.rejects(store.write((tx) => tx.users.remove(account, id)));
  },

  "counts stop below their bound": async (bench) => {
    const { store, account } = bench;
    const id = await makeUser(bench, "counted");
    const up = () => store.write((tx) => tx.users.count(account, id, "mfaCount", 1, 8));
    for (let device = 1; device <= 8; device += 1) assert.equal(await up(), true);
    assert.equal(await up(), false);
    assert.equal((await store.reader.users.byId(account, id))?.mfaCount, 8);
    assert.equal(await store.write((tx) => tx.users.count(account, id, "accessKeyCount", 1, 0)), false);
    await assert.rejects(store.write((tx) => tx.users.count(account, id, "policyCount", -1)));
  },

  "a lock shows the row as it is, and nobody where there is none": async (bench) => {
    const { store, account } = bench;
    const id = await makeUser(bench, "locked");
    const seen = await store.write(async (tx) => {
      await tx.users.count(account, id, "mfaCount", 1);
      return tx.users.lock(account, id);
    });
    assert.equal(seen?.mfaCount, 1);
    assert.deepEqual(seen, await store.reader.users.byId(account, id));
    const nobody = issuePrincipalId("user", randomBytes);
    assert.equal(await store.write((tx) => tx.users.lock(account, nobody)), undefined);
  },

  "tags are replaced, sessions only end later": async (bench) => {
    const { store, account } = bench;
    const id = await makeUser(bench, "tagged");
    const tags = [{ Key: "Team", Value: "é \u{1f510} \"q\" 'x'" }];
    await store.write((tx) => tx.users.setTags(account, id, tags));
    await store.write((tx) => tx.users.endSessions(account, id, epochMs(90)));
    await store.write((tx) => tx.users.endSessions(account, id, epochMs(80)));
    const row = await store.reader.users.byId(account, id);
    assert.deepEqual(row?.tags, tags);
    assert.equal(row?.sessionsNotBefore, 90);
  },

  "policies come in the order they were attached": async (bench) => {
    const { store, account } = bench;
    const id = await makeUser(bench, "attached");
    const arns = ["z", "a", "m"].map((name) => `arn:aws:iam::aws:policy/${name}` as Arn); // as above
    for (const [at, arn] of arns.entries())
      assert.equal(
        await store.write((tx) => tx.attachments.attach(account, id, arn, epochMs(NOW + at))),
        "attached",
      );
    const [first] = arns;
    assert.ok(first);
    const again = await store.write((tx) => tx.attachments.attach(account, id, first, NOW));
    assert.equal(again, "already-there");
    const list = (after?: string, limit = 9) =>
      store.reader.attachments.listFor(account, id, { after, limit });
    assert.deepEqual(await list(), arns);
    assert.deepEqual(await list(undefined, 1), [first]);
    assert.deepEqual(await list(first), arns.slice(1));
    const another = await makeUser(bench, "attached2");
    await store.write((tx) => tx.attachments.attach(account, another, first, NOW));
    await store.write((tx) => tx.attachments.attach(account, another, POLICY, NOW));
    assert.equal(await store.reader.accounts.countPoliciesInUse(account), 4);
    assert.equal(await store.write((tx) => tx.attachments.detach(account, id, first)), true);
    assert.equal(await store.write((tx) => tx.attachments.detach(account, id, first)), false);
    assert.deepEqual(await list(), arns.slice(1));
  },
};
