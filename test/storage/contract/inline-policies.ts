import assert from "node:assert/strict";
import { epochMs } from "#base/clock.ts";
import type { PrincipalId } from "#identity/ids.ts";
import { issuePrincipalId } from "#identity/ids.ts";
import type { EntityKind, PolicyHolder } from "#ports/policies.ts";
import { type Bench, type Cases, makeGroup, makeRole, makeUser, NOW, randomBytes } from "../fixtures.ts";

type Counted = { readonly inlineCount: number; readonly inlineSize: number };

interface Kind {
  readonly make: (bench: Bench, name: string) => Promise<PrincipalId>;
  readonly load: (bench: Bench, id: PrincipalId) => Promise<Counted | undefined>;
}

const KINDS: Readonly<Record<EntityKind, Kind>> = {
  user: { make: makeUser, load: ({ store, account }, id) => store.reader.users.byId(account, id) },
  group: { make: makeGroup, load: ({ store, account }, id) => store.reader.groups.byId(account, id) },
  role: { make: makeRole, load: ({ store, account }, id) => store.reader.roles.byId(account, id) },
};

const LATER = epochMs(NOW + 1);
const QUOTA = 100;

const casesOf = (kind: EntityKind, { make, load }: Kind): Cases => ({
  [`inline policies of a ${kind} are put, replaced and removed within the quota`]: async (bench) => {
    const { store, account } = bench;
    const id = await make(bench, "holder");
    const holder: PolicyHolder = { kind, accountId: account, id };
    const put = (policyName: string, size: number, document = "{}", createdAt = NOW) =>
      store.write((tx) => tx.inlinePolicies.put(holder, { policyName, document, size, createdAt }, QUOTA));
    const remove = (name: string) => store.write((tx) => tx.inlinePolicies.remove(holder, name));
    const counted = async () => {
      const row = await load(bench, id);
      return [row?.inlineCount, row?.inlineSize];
    };
    assert.equal(await put("p", 60, ' { "é": 1 } '), "put");
    assert.equal(await put("q", 40), "put");
    assert.deepEqual(await counted(), [2, 100]);
    assert.equal(await put("r", 1), "too-large");
    assert.equal(await put("p", 61), "too-large");
    const first = { policyName: "p", document: ' { "é": 1 } ', createdAt: NOW };
    assert.deepEqual(await store.reader.inlinePolicies.load(holder, "p"), first);
    assert.equal(await put("p", 50, "new", LATER), "put");
    assert.deepEqual(await store.reader.inlinePolicies.load(holder, "p"), { ...first, document: "new" });
    assert.deepEqual(await counted(), [2, 90]);
    assert.equal(await put("P", 40, "newer", LATER), "put", "the same name in other letter case");
    assert.deepEqual(await store.reader.inlinePolicies.load(holder, "P"), { ...first, document: "newer" });
    assert.deepEqual(await counted(), [2, 80]);
    assert.equal(await put("s", 10), "put");
    assert.equal(await remove("P"), true);
    assert.equal(await remove("p"), false);
    assert.deepEqual(await counted(), [2, 50]);
    assert.equal(await store.reader.inlinePolicies.load(holder, "p"), undefined);
  },

  [`inline policies of a ${kind} are listed in order of their names`]: async (bench) => {
    const { store, account } = bench;
    const holder: PolicyHolder = { kind, accountId: account, id: await make(bench, "holder") };
    const other: PolicyHolder = { ...holder, id: await make(bench, "other") };
    for (const policyName of ["b", "a", "B", "C"]) {
      const policy = { policyName, document: "{}", size: 2, createdAt: NOW };
      await store.write((tx) => tx.inlinePolicies.put(holder, policy, QUOTA));
      await store.write((tx) => tx.inlinePolicies.put(other, policy, QUOTA));
    }
    const names = async (after?: string, limit = 9) =>
      (await store.reader.inlinePolicies.list(holder, { after, limit })).map((row) => row.policyName);
    assert.deepEqual(await names(), ["C", "a", "b"]);
    assert.deepEqual(await names("a", 1), ["b"]);
  },

  [`a ${kind} that is gone gets no inline policy, one that has some stays`]: async (bench) => {
    const { store, account } = bench;
    const gone: PolicyHolder = { kind, accountId: account, id: issuePrincipalId(kind, randomBytes) };
    const policy = { policyName: "p", document: "{}", size: 2, createdAt: NOW };
    const put = (holder: PolicyHolder) => store.write((tx) => tx.inlinePolicies.put(holder, policy, QUOTA));
    assert.equal(await put(gone), "no-such-holder");
    assert.equal(await store.reader.inlinePolicies.load(gone, "p"), undefined);
    const id = await make(bench, "holder");
    await put({ ...gone, id });
    const remove = await store.write((tx) => {
      const removals = { user: tx.users, group: tx.groups, role: tx.roles };
      return removals[kind].remove(account, id);
    });
    assert.equal(remove, false);
  },
});

export const inlinePolicyCases: Cases = {
  ...casesOf("user", KINDS.user),
  ...casesOf("group", KINDS.group),
  ...casesOf("role", KINDS.role),
};
