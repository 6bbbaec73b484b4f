import assert from "node:assert/strict";
import type { Page } from "#ports/page.ts";
import { type Bench, type Cases, makeAccount, makeGroup, makePolicy, makeRole } from "../fixtures.ts";

/** What groups, roles and customer managed policies have in common: a name and a path. */
interface Named {
  readonly make: (bench: Pick<Bench, "store" | "account">, name: string, path?: string) => Promise<unknown>;
  readonly byName: (bench: Pick<Bench, "store" | "account">, name: string) => Promise<string | undefined>;
  readonly list: (bench: Bench, pathPrefix: string, page: Page) => Promise<readonly string[]>;
}

const NAMED: Readonly<Record<string, Named>> = {
  groups: {
    make: makeGroup,
    byName: async ({ store, account }, name) => (await store.reader.groups.byName(account, name))?.groupName,
    list: async ({ store, account }, pathPrefix, page) =>
      (await store.reader.groups.list(account, pathPrefix, page)).map((row) => row.groupName),
  },
  roles: {
    make: makeRole,
    byName: async ({ store, account }, name) => (await store.reader.roles.byName(account, name))?.roleName,
    list: async ({ store, account }, pathPrefix, page) =>
      (await store.reader.roles.list(account, pathPrefix, page)).map((row) => row.roleName),
  },
  policies: {
    make: makePolicy,
    byName: async ({ store, account }, name) =>
      (await store.reader.policies.byName(account, name))?.policyName,
    list: async ({ store, account }, pathPrefix, page) =>
      (await store.reader.policies.list(account, { pathPrefix }, page)).map((row) => row.policyName),
  },
};

const casesOf = (kind: string, { make, byName, list }: Named): Cases => ({
  [`names of ${kind} are unique without regard to case, kept as written`]: async (bench) => {
    await make(bench, "Alpha", "/x/");
    await assert.rejects(make(bench, "aLPHA"), /is taken/);
    assert.equal(await byName(bench, "ALPHA"), "Alpha");
    assert.equal(await byName(bench, "beta"), undefined);
    const elsewhere = { ...bench, account: await makeAccount(bench.store) };
    assert.equal(await byName(elsewhere, "alpha"), undefined);
    assert.deepEqual(await list(elsewhere, "/", { limit: 9 }), []);
    await make(elsewhere, "alpha");
  },

  [`${kind} are listed by path prefix, in order of the folded name`]: async (bench) => {
    const places = [
      ["b", "/team/"],
      ["A", "/team/red/"],
      ["c", "/teams/"],
      ["d_", "/"],
      ["D", "/Team/"],
    ] as const;
    for (const [name, path] of places) await make(bench, name, path);
    const under = (prefix: string, after?: string, limit = 9) => list(bench, prefix, { after, limit });
    assert.deepEqual(await under("/"), ["A", "b", "c", "D", "d_"]);
    assert.deepEqual(await under("/team"), ["A", "b", "c"]);
    assert.deepEqual(await under("/team/"), ["A", "b"]);
    assert.deepEqual(await under("/", "b", 2), ["c", "D"]);
    assert.deepEqual(await under("/", "d"), ["d_"]);
  },
});

export const namedCases: Cases = Object.fromEntries(
  Object.entries(NAMED).flatMap(([kind, named]) => Object.entries(casesOf(kind, named))),
);
