import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { DAY, epochMs, HOUR, MINUTE } from "#base/clock.ts";
import { rootPrincipalId } from "#identity/ids.ts";
import { type Bench, type Cases, makeUser, NOW } from "../fixtures.ts";

const END = epochMs(NOW + DAY);

/** A hash that is no other case's. */
const hashOf = (): string => randomUUID();

const put = (
  { store, account }: Pick<Bench, "store" | "account">,
  principalId: Awaited<ReturnType<typeof makeUser>>,
  address: string,
  tokenHash?: string,
) =>
  store.write((tx) =>
    tx.contacts.put(
      { accountId: account, principalId, address, changedAt: NOW },
      tokenHash === undefined ? undefined : { tokenHash, expiresAt: END },
    ),
  );

export const contactCases: Cases = {
  "an address waits until its link confirms it, and the one before stays until then": async (bench) => {
    const { store, account } = bench;
    const user = await makeUser(bench, "ana");
    const [first, second] = [hashOf(), hashOf()];
    const contact = () => store.reader.contacts.load(account, user);
    const confirm = (tokenHash: string) =>
      store.write((tx) => tx.contacts.confirm(account, tokenHash, [rootPrincipalId(account), user], NOW));
    assert.equal(await contact(), undefined);
    await put(bench, user, "a@b.example", first);
    const row = { accountId: account, principalId: user, changedAt: NOW };
    assert.deepEqual(await contact(), { ...row, confirmed: undefined, pending: "a@b.example" });
    assert.equal(await confirm(first), user);
    await put(bench, user, "c@d.example", second);
    assert.deepEqual(await contact(), { ...row, confirmed: "a@b.example", pending: "c@d.example" });
    assert.equal(await confirm(first), undefined);
    assert.equal(await confirm(second), user);
    assert.deepEqual(await contact(), { ...row, confirmed: "c@d.example", pending: undefined });
  },

  "a link confirms once, in time, for whose it is, and not what was put after it": async (bench) => {
    const { store, account } = bench;
    const [ana, eve] = [await makeUser(bench, "ana"), await makeUser(bench, "eve")];
    const [former, token] = [hashOf(), hashOf()];
    const confirm = (hash: string, who = ana, at = NOW) =>
      store.write((tx) => tx.contacts.confirm(account, hash, [who], at));
    await put(bench, ana, "a@b.example", former);
    await put(bench, ana, "c@d.example", token);
    assert.equal(await confirm(former), undefined);
    assert.equal(await confirm(token, eve), undefined);
    assert.equal(await confirm(token, ana, END), undefined);
    const both = await Promise.all([confirm(token), confirm(token)]);
    assert.deepEqual(both.toSorted(), [ana, undefined]);
    await put(bench, ana, "e@f.example");
    assert.equal(await confirm(token), undefined);
    assert.equal((await store.reader.contacts.load(account, ana))?.confirmed, "c@d.example");
  },

  "a contact is removed once, with its link, and goes with its user": async (bench) => {
    const { store, account } = bench;
    const [ana, eve] = [await makeUser(bench, "ana"), await makeUser(bench, "eve")];
    const root = rootPrincipalId(account);
    const token = hashOf();
    for (const who of [ana, eve, root]) await put(bench, who, "a@b.example", token);
    const remove = () => store.write((tx) => tx.contacts.remove(account, root));
    assert.deepEqual([await remove(), await remove()], [true, false]);
    assert.equal(await store.write((tx) => tx.contacts.confirm(account, token, [root], NOW)), undefined);
    assert.equal(await store.write((tx) => tx.users.remove(account, ana)), true);
    assert.equal(await store.reader.contacts.load(account, ana), undefined);
    assert.equal((await store.reader.contacts.load(account, eve))?.pending, "a@b.example");
  },

  "links that are over are taken away, and no others": async (bench) => {
    const { store, account } = bench;
    const user = await makeUser(bench, "ana");
    const token = hashOf();
    await put(bench, user, "a@b.example", token);
    await store.write((tx) => tx.contacts.prune(epochMs(END - 1)));
    assert.equal(await store.write((tx) => tx.contacts.confirm(account, token, [user], NOW)), user);
    await put(bench, user, "a@b.example", token);
    await store.write((tx) => tx.contacts.prune(END));
    assert.equal(
      await store.write((tx) => tx.contacts.confirm(account, token, [user], epochMs(NOW + MINUTE + HOUR))),
      undefined,
    );
  },
};
