import assert from "node:assert/strict";
import { issuePrincipalId } from "#identity/ids.ts";
import { type Cases, makeAccount, makeGroup, makeUser, NOW, randomBytes } from "../fixtures.ts";

export const groupCases: Cases = {
  "a group is renamed and moved; another's name is refused as a value": async (bench) => {
    const { store, account } = bench;
    const id = await makeGroup(bench, "before");
    await makeGroup(bench, "Other");
    const update = (change: { groupName?: string; path?: string }) =>
      store.write((tx) => tx.groups.update(account, id, change));
    assert.equal(await update({ groupName: "oTHER", path: "/x/" }), false);
    const refused = await store.reader.groups.byId(account, id);
    assert.deepEqual([refused?.groupName, refused?.path], ["before", "/"]);
    assert.equal(await update({ groupName: "After", path: "/x/" }), true);
    assert.equal(await update({ groupName: "AFTER" }), true);
    assert.equal(await update({}), true);
    const moved = await store.reader.groups.byName(account, "after");
    assert.deepEqual([moved?.groupId, moved?.groupName, moved?.path], [id, "AFTER", "/x/"]);
  },

  "members come and go, counted on the group": async (bench) => {
    const { store, account } = bench;
    const [group, user] = [await makeGroup(bench, "g"), await makeUser(bench, "u")];
    const add = () => store.write((tx) => tx.groups.addMember(account, group, user, NOW));
    const remove = () => store.write((tx) => tx.groups.removeMember(account, group, user));
    assert.equal(await add(), "added");
    assert.equal(await add(), "already-there");
    assert.equal((await store.reader.groups.byId(account, group))?.memberCount, 1);
    assert.equal(await remove(), true);
    assert.equal(await remove(), false);
    assert.equal((await store.reader.groups.byId(account, group))?.memberCount, 0);
    const gone = issuePrincipalId("group", randomBytes);
    const join = () => store.write((tx) => tx.groups.addMember(account, gone, user, NOW));
    assert.equal(await join(), "no-such-group");
    const nobody = issuePrincipalId("user", randomBytes);
    await assert.rejects(store.write((tx) => tx.groups.addMember(account, group, nobody, NOW)));
  },

  "a group of another account takes no members": async (bench) => {
    const { store, account } = bench;
    const user = await makeUser(bench, "u");
    const elsewhere = await makeAccount(store);
    const theirs = await makeGroup({ store, account: elsewhere }, "g");
    const add = () => store.write((tx) => tx.groups.addMember(account, theirs, user, NOW));
    assert.equal(await add(), "no-such-group");
    await assert.rejects(store.write((tx) => tx.groups.addMember(elsewhere, theirs, user, NOW)));
  },

  "a group's users and a user's groups, in order of the folded name": async (bench) => {
    const { store, account } = bench;
    const groups = [];
    for (const name of ["b", "C", "a"]) groups.push(await makeGroup(bench, name));
    const users = [];
    for (const name of ["z", "Y", "x"]) users.push(await makeUser(bench, name));
    await makeUser(bench, "outside");
    const [first, firstUser] = [groups[0], users[0]];
    assert.ok(first && firstUser);
    for (const user of users) await store.write((tx) => tx.groups.addMember(account, first, user, NOW));
    for (const group of groups.slice(1))
      await store.write((tx) => tx.groups.addMember(account, group, firstUser, NOW));
    const members = async (after?: string, limit = 9) =>
      (await store.reader.users.listInGroup(account, first, { after, limit })).map((row) => row.userName);
    assert.deepEqual(await members(), ["x", "Y", "z"]);
    assert.deepEqual(await members("x", 1), ["Y"]);
    const theirs = async (after?: string, limit = 9) =>
      (await store.reader.groups.listOfUser(account, firstUser, { after, limit })).map(
        (row) => row.groupName,
      );
    assert.deepEqual(await theirs(), ["a", "b", "C"]);
    assert.deepEqual(await theirs("a", 1), ["b"]);
    const [row] = await store.reader.users.listInGroup(account, first, { limit: 1 });
    assert.deepEqual(row, await store.reader.users.byName(account, "x"));
  },

  "only a group that holds nothing is deleted, and no user in a group": async (bench) => {
    const { store, account } = bench;
    const [group, user] = [await makeGroup(bench, "g"), await makeUser(bench, "u")];
    const remove = () => store.write((tx) => tx.groups.remove(account, group));
    await store.write((tx) => tx.groups.addMember(account, group, user, NOW));
    await store.write((tx) => tx.users.count(account, user, "groupCount", 1));
    assert.equal(await store.write((tx) => tx.users.remove(account, user)), false);
    await store.write((tx) => tx.groups.count(account, group, "policyCount", 1));
    const holder = { kind: "group", accountId: account, id: group } as const;
    const policy = { policyName: "p", document: "{}", size: 2, createdAt: NOW };
    await store.write((tx) => tx.inlinePolicies.put(holder, policy, 9));
    assert.equal(await remove(), false);
    await store.write((tx) => tx.groups.removeMember(account, group, user));
    assert.equal(await remove(), false);
    await store.write((tx) => tx.groups.count(account, group, "policyCount", -1));
    assert.equal(await remove(), false);
    await store.write((tx) => tx.inlinePolicies.remove(holder, "p"));
    assert.equal(await remove(), true);
    assert.equal(await remove(), false);
    await store.write((tx) => tx.users.count(account, user, "groupCount", -1));
    assert.equal(await store.write((tx) => tx.users.remove(account, user)), true);
  },

  "a group's counts stop below their bound, a lock shows the row": async (bench) => {
    const { store, account } = bench;
    const id = await makeGroup(bench, "g");
    const up = () => store.write((tx) => tx.groups.count(account, id, "policyCount", 1, 2));
    assert.deepEqual([await up(), await up(), await up()], [true, true, false]);
    const locked = await store.write((tx) => tx.groups.lock(account, id));
    assert.equal(locked?.policyCount, 2);
    assert.deepEqual(locked, await store.reader.groups.byId(account, id));
    const nobody = issuePrincipalId("group", randomBytes);
    assert.equal(await store.write((tx) => tx.groups.lock(account, nobody)), undefined);
  },
};
