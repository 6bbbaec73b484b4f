import assert from "node:assert/strict";
import { managedPolicyArn } from "#identity/arns.ts";
import type { Arn, PrincipalId } from "#identity/ids.ts";
import { issuePrincipalId } from "#identity/ids.ts";
import type { EntityFilter } from "#ports/policies.ts";
import {
  type Bench,
  type Cases,
  makeGroup,
  makePolicy,
  makeRole,
  makeUser,
  NOW,
  randomBytes,
} from "../fixtures.ts";

const AWS = "arn:aws:iam::aws:policy/ReadOnlyAccess" as Arn; // AWS managed policies' own ARNs
const AWS_OTHER = "arn:aws:iam::aws:policy/job-function/Billing" as Arn;

const KINDS = ["user", "role"] as const;

const setBoundary = (
  { store, account }: Bench,
  kind: (typeof KINDS)[number],
  id: PrincipalId,
  policy: Arn | undefined,
) => store.write((tx) => (kind === "user" ? tx.users : tx.roles).setBoundary(account, id, policy));

const boundaryOf = async ({ store: { reader }, account }: Bench, kind: "user" | "role", id: PrincipalId) =>
  (await (kind === "user" ? reader.users : reader.roles).byId(account, id))?.boundaryArn;

export const policyUseCases: Cases = {
  "a boundary is counted on its policy, and on the old one no more": async (bench) => {
    const [one, two] = [await makePolicy(bench, "one"), await makePolicy(bench, "two")];
    const counts = async () => {
      const { policies } = bench.store.reader;
      const rows = [
        await policies.byArn(bench.account, one.arn),
        await policies.byArn(bench.account, two.arn),
      ];
      return rows.map((row) => row?.boundaryCount);
    };
    for (const kind of KINDS) {
      const id = await (kind === "user" ? makeUser : makeRole)(bench, "holder");
      const set = (policy: Arn | undefined) => setBoundary(bench, kind, id, policy);
      assert.equal(await set(one.arn), true);
      assert.equal(await set(one.arn), true);
      assert.deepEqual(await counts(), [1, 0]);
      assert.equal(await set(two.arn), true);
      assert.deepEqual(await counts(), [0, 1]);
      assert.equal(await set(managedPolicyArn(bench.account, "/", "none")), false);
      assert.equal(await boundaryOf(bench, kind, id), two.arn);
      assert.equal(await set(AWS), true);
      assert.deepEqual(await counts(), [0, 0]);
      assert.equal(await boundaryOf(bench, kind, id), AWS);
      assert.equal(await set(undefined), true);
      assert.equal(await set(undefined), true);
      assert.equal(await boundaryOf(bench, kind, id), undefined);
      assert.equal(await setBoundary(bench, kind, issuePrincipalId(kind, randomBytes), one.arn), false);
      assert.deepEqual(await counts(), [0, 0]);
    }
  },

  "a deleted user's boundary goes with him": async (bench) => {
    const { store, account } = bench;
    const [{ arn, policyId }, user] = [await makePolicy(bench, "p"), await makeUser(bench, "u")];
    await setBoundary(bench, "user", user, arn);
    assert.equal(await store.write((tx) => tx.policies.remove(account, policyId)), false);
    assert.equal(await store.write((tx) => tx.users.remove(account, user)), true);
    assert.equal(await store.write((tx) => tx.policies.remove(account, policyId)), true);
  },

  "policies in use are counted once, however they are used, AWS's own too": async (bench) => {
    const { store, account } = bench;
    const [{ arn }, second] = [await makePolicy(bench, "p"), await makePolicy(bench, "q")];
    const [user, group, role] = [
      await makeUser(bench, "u"),
      await makeGroup(bench, "g"),
      await makeRole(bench, "r"),
    ];
    await store.write(async (tx) => {
      await tx.attachments.attach(account, user, arn, NOW);
      await tx.attachments.attach(account, group, arn, NOW);
      await tx.attachments.attach(account, role, AWS, NOW);
      await tx.attachments.attach(account, group, AWS, NOW);
      await tx.users.setBoundary(account, user, AWS);
      await tx.roles.setBoundary(account, role, AWS_OTHER);
    });
    assert.equal(await store.reader.accounts.countPoliciesInUse(account), 3);
    const uses = await store.reader.attachments.uses(account, [AWS, AWS_OTHER, second.arn]);
    assert.deepEqual(
      [...uses].toSorted(([one], [two]) => (one < two ? -1 : 1)),
      [
        [AWS, { attachments: 2, boundaries: 1 }],
        [AWS_OTHER, { attachments: 0, boundaries: 1 }],
      ],
    );
    assert.equal((await store.reader.attachments.uses(account, [])).size, 0);
  },

  "who uses a policy is found by kind, usage and path, in order of the folded name": async (bench) => {
    const { store, account } = bench;
    const { arn } = await makePolicy(bench, "p");
    await setBoundary(bench, "user", await makeUser(bench, "of-another"), AWS);
    for (const name of ["b", "A"]) {
      const user = await makeUser(bench, name, `/${name}/`);
      const role = await makeRole(bench, name, `/${name}/`);
      const group = await makeGroup(bench, name, `/${name}/`);
      await store.write(async (tx) => {
        for (const id of [user, role, group]) await tx.attachments.attach(account, id, arn, NOW);
      });
      await setBoundary(bench, "user", user, arn);
    }
    await setBoundary(bench, "user", await makeUser(bench, "c"), arn);
    const found = async (filter: Partial<EntityFilter>, after?: string, limit = 9) => {
      const whole = { kind: "user", pathPrefix: "/", ...filter } as const;
      const entities = await store.reader.attachments.entities(account, arn, whole, { after, limit });
      return entities.map(({ name }) => name);
    };
    assert.deepEqual(await found({}), ["A", "b", "c"]);
    assert.deepEqual(await found({ usage: "attached" }), ["A", "b"]);
    assert.deepEqual(await found({ usage: "boundary" }), ["A", "b", "c"]);
    assert.deepEqual(await found({ pathPrefix: "/b/" }), ["b"]);
    assert.deepEqual(await found({}, "a", 1), ["b"]);
    assert.deepEqual(await found({ kind: "role" }), ["A", "b"]);
    assert.deepEqual(await found({ kind: "role", usage: "boundary" }), []);
    assert.deepEqual(await found({ kind: "group" }), ["A", "b"]);
    assert.deepEqual(await found({ kind: "group", usage: "boundary" }), []);
    const [first] = await store.reader.attachments.entities(
      account,
      arn,
      { kind: "group", pathPrefix: "/" },
      { limit: 1 },
    );
    const group = await store.reader.groups.byName(account, "a");
    assert.deepEqual(first, { id: group?.groupId, name: "A", path: "/A/" });
  },
};
