import assert from "node:assert/strict";
import { epochMs } from "#base/clock.ts";
import type { Arn, PrincipalId } from "#identity/ids.ts";
import { issuePrincipalId } from "#identity/ids.ts";
import type { EntityKind } from "#ports/policies.ts";
import {
  type Bench,
  type Cases,
  makeAccount,
  makeGroup,
  makePolicy,
  makeRole,
  makeUser,
  NOW,
  randomBytes,
} from "../fixtures.ts";

const AWS = "arn:aws:iam::aws:policy/ReadOnlyAccess" as Arn; // an AWS managed policy's own ARN

const put = ({ store, account }: Bench, kind: EntityKind, id: PrincipalId, policyName: string) =>
  store.write((tx) => {
    const policy = { policyName, document: `inline ${policyName}`, size: 1, createdAt: NOW };
    return tx.inlinePolicies.put({ kind, accountId: account, id }, policy, 100);
  });

const attach = ({ store, account }: Bench, id: PrincipalId, policy: Arn, at = 0) =>
  store.write((tx) => tx.attachments.attach(account, id, policy, epochMs(NOW + at)));

const NOTHING = { inline: [], managed: [], boundary: undefined };

export const grantCases: Cases = {
  "a user's grants: his own, then by group, and his boundary": async (bench) => {
    const { store, account } = bench;
    const [user, stranger] = [await makeUser(bench, "u"), await makeUser(bench, "stranger")];
    const [zebras, apes] = [await makeGroup(bench, "Zebras"), await makeGroup(bench, "apes")];
    const notHis = await makeGroup(bench, "not-his");
    const [own, shared, limit] = [
      await makePolicy(bench, "own"),
      await makePolicy(bench, "shared"),
      await makePolicy(bench, "limit"),
    ];
    for (const [group, member] of [
      [zebras, user],
      [apes, user],
      [notHis, stranger],
    ] as const)
      await store.write((tx) => tx.groups.addMember(account, group, member, NOW));
    await put(bench, "user", user, "mine");
    await put(bench, "user", stranger, "theirs");
    await put(bench, "group", zebras, "b");
    await put(bench, "group", zebras, "a");
    await put(bench, "group", notHis, "not-his");
    await attach(bench, user, AWS, 2);
    await attach(bench, user, own.arn, 1);
    await attach(bench, zebras, shared.arn);
    await attach(bench, apes, shared.arn);
    await attach(bench, notHis, limit.arn);
    await store.write(async (tx) => {
      const second = { document: "second", createdAt: NOW, asDefault: true };
      await tx.policies.addVersion(account, shared.policyId, second, 5);
      await tx.users.setBoundary(account, user, limit.arn);
    });
    const fromZebras = { groupId: zebras, groupName: "Zebras" };
    const fromApes = { groupId: apes, groupName: "apes" };
    assert.deepEqual(await store.reader.grants.load(account, "user", user), {
      inline: [
        { group: undefined, policyName: "mine", document: "inline mine" },
        { group: fromZebras, policyName: "a", document: "inline a" },
        { group: fromZebras, policyName: "b", document: "inline b" },
      ],
      managed: [
        { group: undefined, arn: own.arn, document: "own" },
        { group: undefined, arn: AWS, document: undefined },
        { group: fromApes, arn: shared.arn, document: "second" },
        { group: fromZebras, arn: shared.arn, document: "second" },
      ],
      boundary: { arn: limit.arn, document: "limit" },
    });
    const elsewhere = await makeAccount(store);
    assert.deepEqual(await store.reader.grants.load(elsewhere, "user", user), NOTHING);
  },

  "a role's grants": async (bench) => {
    const { store, account } = bench;
    const [role, { arn }] = [await makeRole(bench, "r"), await makePolicy(bench, "p")];
    assert.deepEqual(await store.reader.grants.load(account, "role", role), NOTHING);
    await put(bench, "role", role, "mine");
    await attach(bench, role, arn);
    await store.write((tx) => tx.roles.setBoundary(account, role, AWS));
    assert.deepEqual(await store.reader.grants.load(account, "role", role), {
      inline: [{ group: undefined, policyName: "mine", document: "inline mine" }],
      managed: [{ group: undefined, arn, document: "p" }],
      boundary: { arn: AWS, document: undefined },
    });
    const nobody = issuePrincipalId("role", randomBytes);
    assert.deepEqual(await store.reader.grants.load(account, "role", nobody), NOTHING);
  },
};
