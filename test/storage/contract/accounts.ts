import assert from "node:assert/strict";
import { epochMs } from "#base/clock.ts";
import { issueAccountId, rootPrincipalId } from "#identity/ids.ts";
import { type Cases, makeAccount, NOW, randomBytes } from "../fixtures.ts";

export const accountCases: Cases = {
  "an account is made with its root user": async ({ store }) => {
    const accountId = issueAccountId(randomBytes);
    const rootEmail = `Root@${accountId}.Example`;
    const made = await store.write((tx) =>
      tx.accounts.create({ accountId, rootEmail, alias: `alias-${accountId}`, createdAt: NOW }),
    );
    assert.equal(made, "created");
    assert.deepEqual(await store.reader.accounts.load(accountId), {
      accountId,
      alias: `alias-${accountId}`,
      rootEmail,
      createdAt: NOW,
      userCount: 0,
      groupCount: 0,
      roleCount: 0,
      policyCount: 0,
      virtualMfaCount: 0,
      mfaInUseCount: 0,
      sessionsNotBefore: 0,
      revision: 0,
    });
    const root = await store.reader.users.byId(accountId, rootPrincipalId(accountId));
    assert.equal(root?.userName, "<root_account>");
    assert.equal(root?.userId, accountId);
  },

  "what is taken is said, and nothing is written": async ({ store, account }) => {
    const alias = `taken-${account}`;
    assert.equal(await store.write((tx) => tx.accounts.setAlias(account, alias)), true);
    const create = (accountId: typeof account, rootEmail: string, wanted: string | undefined) =>
      store.write((tx) => tx.accounts.create({ accountId, rootEmail, alias: wanted, createdAt: NOW }));
    const other = issueAccountId(randomBytes);
    assert.equal(await create(account, "new@x.example", undefined), "id-taken");
    // Unique in the deployment without regard to case (DESIGN 3.1).
    assert.equal(await create(other, `ROOT@${account}.EXAMPLE`, undefined), "email-taken");
    assert.equal(await create(other, `new@${other}.example`, alias), "alias-taken");
    assert.equal(await store.reader.accounts.load(other), undefined);
    assert.equal(await store.reader.users.byId(other, rootPrincipalId(other)), undefined);
    assert.equal(await create(other, `new@${other}.example`, undefined), "created");
  },

  "an alias is one account's": async ({ store, account }) => {
    const other = await makeAccount(store);
    const alias = `one-${account}`;
    assert.equal(await store.write((tx) => tx.accounts.setAlias(account, alias)), true);
    // A taken alias is a value: the transaction goes on and keeps what it wrote before and after.
    const refused = await store.write(async (tx) => {
      await tx.bumpRevision(other);
      const set = await tx.accounts.setAlias(other, alias);
      await tx.bumpRevision(other);
      return set;
    });
    assert.equal(refused, false);
    assert.equal(await store.reader.accounts.revision(other), 2);
    assert.equal(await store.write((tx) => tx.accounts.removeAlias(other, alias)), false);
    assert.equal(await store.write((tx) => tx.accounts.setAlias(account, `${alias}-b`)), true);
    assert.equal(await store.write((tx) => tx.accounts.setAlias(other, alias)), true);
    assert.equal(await store.write((tx) => tx.accounts.removeAlias(other, alias)), true);
    assert.equal((await store.reader.accounts.load(other))?.alias, undefined);
  },

  "the list pages in order of id": async ({ store, account }) => {
    const ids = [account, await makeAccount(store), await makeAccount(store)].toSorted();
    const seen: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await store.reader.accounts.list({ after, limit: 2 });
      seen.push(...page.map((row) => row.accountId));
      after = page.at(-1)?.accountId;
      if (page.length < 2) break;
    }
    assert.deepEqual(
      seen.filter((id) => ids.some((known) => known === id)),
      ids,
    );
    assert.deepEqual(seen, seen.toSorted());
  },

  "counts stop below their bound, and never go below zero": async ({ store, account }) => {
    const up = () => store.write((tx) => tx.accounts.count(account, "userCount", 1, 2));
    assert.deepEqual([await up(), await up(), await up()], [true, true, false]);
    assert.equal((await store.reader.accounts.load(account))?.userCount, 2);
    assert.equal(await store.write((tx) => tx.accounts.count(account, "userCount", -1)), true);
    assert.equal((await store.reader.accounts.load(account))?.userCount, 1);
    await assert.rejects(store.write((tx) => tx.accounts.count(account, "virtualMfaCount", -1)));
    assert.equal((await store.reader.accounts.load(account))?.virtualMfaCount, 0);
  },

  "the moment that ends sessions only rises": async ({ store, account }) => {
    await store.write((tx) => tx.accounts.endSessions(account, epochMs(500)));
    await store.write((tx) => tx.accounts.endSessions(account, epochMs(400)));
    assert.equal((await store.reader.accounts.load(account))?.sessionsNotBefore, 500);
  },

  "an account that is not there": async ({ store }) => {
    const nobody = issueAccountId(randomBytes);
    assert.equal(await store.reader.accounts.load(nobody), undefined);
    assert.equal(await store.reader.accounts.revision(nobody), undefined);
    assert.equal(await store.write((tx) => tx.accounts.count(nobody, "userCount", 1)), false);
  },
};
