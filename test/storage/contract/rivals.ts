import assert from "node:assert/strict";
import { type Cases, makeAccount, makeDevice, makeUser } from "../fixtures.ts";

const sum = (answers: readonly unknown[]): number => answers.map(Number).reduce((a, b) => a + b, 0);

/** Rules over several rows, asked of two processes at once: each hangs on one row (DESIGN 5). */
export const rivalCases: Cases = {
  "a hundred claims from two processes: one": async (bench) => {
    const seed = await makeDevice(bench, "phone", await makeUser(bench, "u"));
    const answers = await bench.rivals.both("claim", () => ({
      account: bench.account,
      seed,
      step: 77,
    }));
    assert.equal(sum(answers), 1);
  },

  "the first device from two processes: one": async (bench) => {
    const user = await makeUser(bench, "u");
    const job = { account: bench.account, user, below: 1, times: 20 };
    assert.equal(sum(await bench.rivals.both("count", () => job)), 1);
  },

  "eight devices and no more": async (bench) => {
    const user = await makeUser(bench, "u");
    const job = { account: bench.account, user, below: 8, times: 20 };
    assert.equal(sum(await bench.rivals.both("count", () => job)), 8);
    assert.equal((await bench.store.reader.users.byId(bench.account, user))?.mfaCount, 8);
  },

  "two keys, decided by the locked row": async (bench) => {
    const user = await makeUser(bench, "u");
    const job = { account: bench.account, user, quota: 2, times: 20 };
    assert.equal(sum(await bench.rivals.both("lockThenCount", () => job)), 2);
  },

  "one alias for many accounts": async ({ store, rivals, account }) => {
    const mine = [account, await makeAccount(store)];
    const others = [await makeAccount(store), await makeAccount(store)];
    const job = (which: 0 | 1) => ({ accounts: which === 0 ? mine : others, alias: `race-${account}` });
    assert.equal(sum(await rivals.both("alias", job)), 1);
  },

  "one name for many users": async ({ rivals, account }) => {
    const names = ["Same", "same", "SAME", "sAmE"];
    assert.equal(sum(await rivals.both("sameUser", () => ({ account, names }))), 1);
  },
};
