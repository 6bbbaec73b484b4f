import assert from "node:assert/strict";
import { epochMs } from "#base/clock.ts";
import { issuePrincipalId, type PrincipalId } from "#identity/ids.ts";
import { type Cases, makePolicy, makeRole, NOW, newRole, randomBytes } from "../fixtures.ts";

export const roleCases: Cases = {
  "a role is kept as it was made": async (bench) => {
    const { store, account } = bench;
    const trusted = { "arn:aws:iam::1:user/é": issuePrincipalId("user", randomBytes) };
    const role = {
      ...newRole(account, "Made", "/x/"),
      description: "",
      maxSessionSeconds: 43_200,
      trustBindings: trusted,
      tags: [{ Key: "k", Value: "é" }],
    };
    assert.equal(await store.write((tx) => tx.roles.create(role)), true);
    assert.deepEqual(await store.reader.roles.byId(account, role.roleId), {
      ...role,
      boundaryArn: undefined,
      policyCount: 0,
      inlineCount: 0,
      inlineSize: 0,
      sessionsNotBefore: 0,
      lastUsed: undefined,
    });
  },

  "a role's parts change one by one": async (bench) => {
    const { store, account } = bench;
    const id = await makeRole(bench, "r");
    const made = await store.reader.roles.byId(account, id);
    const bindings = { a: "AIDA" as PrincipalId }; // any id does
    await store.write(async (tx) => {
      await tx.roles.update(account, id, {});
      await tx.roles.update(account, id, { description: "d" });
      await tx.roles.update(account, id, { maxSessionSeconds: 7200 });
      await tx.roles.setTrust(account, id, { trustDocument: "new", trustBindings: bindings });
      await tx.roles.setTags(account, id, [{ Key: "k", Value: "v" }]);
      await tx.roles.endSessions(account, id, epochMs(90));
      await tx.roles.endSessions(account, id, epochMs(80));
    });
    assert.deepEqual(await store.reader.roles.byId(account, id), {
      ...made,
      description: "d",
      maxSessionSeconds: 7200,
      trustDocument: "new",
      trustBindings: bindings,
      tags: [{ Key: "k", Value: "v" }],
      sessionsNotBefore: 90,
    });
    const locked = await store.write((tx) => tx.roles.lock(account, id));
    assert.deepEqual(locked, await store.reader.roles.byId(account, id));
  },

  "only a role that holds nothing is deleted; its boundary goes with it": async (bench) => {
    const { store, account } = bench;
    const [id, { arn, policyId }] = [await makeRole(bench, "r"), await makePolicy(bench, "p")];
    const holder = { kind: "role", accountId: account, id } as const;
    const remove = () => store.write((tx) => tx.roles.remove(account, id));
    const policy = { policyName: "p", document: "{}", size: 2, createdAt: NOW };
    await store.write(async (tx) => {
      await tx.roles.setBoundary(account, id, arn);
      await tx.roles.count(account, id, "policyCount", 1);
      await tx.inlinePolicies.put(holder, policy, 9);
    });
    assert.equal(await remove(), false);
    await store.write((tx) => tx.roles.count(account, id, "policyCount", -1));
    assert.equal(await remove(), false);
    await store.write((tx) => tx.inlinePolicies.remove(holder, "p"));
    assert.equal(await store.write((tx) => tx.policies.remove(account, policyId)), false);
    assert.equal(await remove(), true);
    assert.equal(await remove(), false);
    assert.equal(await store.write((tx) => tx.policies.remove(account, policyId)), true);
  },
};
