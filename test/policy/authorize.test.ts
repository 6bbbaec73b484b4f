/** Contract 9.3: the order of a decision, inside one account and across. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { AccountId } from "#identity/ids.ts";
import { authorize } from "#policy/authorize.ts";
import { explain } from "#policy/explain.ts";
import type { DecisionRequest, Layers, RequestPrincipal } from "#policy/request.ts";
import {
  ALICE,
  compiledOf,
  contextOf,
  decided,
  FEDERATED,
  NO_LAYERS,
  named,
  OTHER,
  OWN,
  ROOT,
  request,
  SESSION,
  type Written,
} from "./deciding.ts";

const ALLOW = named("allow", { Effect: "Allow", Action: "*", Resource: "*" });
const DENY = named("deny", { Effect: "Deny", Action: "*", Resource: "*" });
const SILENT = named("silent", { Effect: "Allow", Action: "s3:*", Resource: "*" });

const resource = (
  kind: "trust" | "resource",
  accountId: AccountId,
  ...written: readonly Written[]
): Layers["resource"] => ({ kind, accountId, name: "resource", compiled: compiledOf(...written) });

const grant = (to: NonNullable<Written["Principal"]>): Written => ({
  Effect: "Allow",
  Principal: to,
  Action: "*",
  Resource: "*",
});
const trust = (accountId: AccountId, to: NonNullable<Written["Principal"]>): Layers["resource"] =>
  resource("trust", accountId, { Effect: "Allow", Principal: to, Action: "sts:AssumeRole" });
const own = (to: NonNullable<Written["Principal"]>) => resource("resource", OWN, grant(to));
const foreign = (to: NonNullable<Written["Principal"]>) => resource("resource", OTHER, grant(to));

interface Case {
  readonly told: string;
  readonly who?: RequestPrincipal;
  readonly layers: Partial<Layers>;
  readonly expected: string;
}

const CASES: readonly Case[] = [
  { told: "nothing speaks", layers: {}, expected: "implicitDeny identity" },
  { told: "identity allows", layers: { identity: [ALLOW] }, expected: "allowed" },
  { told: "one of several allows", layers: { identity: [SILENT, ALLOW] }, expected: "allowed" },
  {
    told: "identity denies and allows",
    layers: { identity: [ALLOW, DENY] },
    expected: "explicitDeny identity",
  },
  {
    told: "boundary allows",
    layers: { identity: [ALLOW], boundary: ALLOW },
    expected: "allowed",
  },
  {
    told: "boundary is silent",
    layers: { identity: [ALLOW], boundary: SILENT },
    expected: "implicitDeny boundary",
  },
  {
    told: "boundary denies",
    layers: { identity: [ALLOW], boundary: DENY },
    expected: "explicitDeny boundary",
  },
  { told: "a boundary grants nothing", layers: { boundary: ALLOW }, expected: "implicitDeny identity" },
  {
    told: "session allows",
    who: SESSION,
    layers: { identity: [ALLOW], session: [SILENT, ALLOW] },
    expected: "allowed",
  },
  {
    told: "session is silent",
    who: SESSION,
    layers: { identity: [ALLOW], session: [SILENT] },
    expected: "implicitDeny session",
  },
  {
    told: "session policies are an empty list",
    who: SESSION,
    layers: { identity: [ALLOW], session: [] },
    expected: "implicitDeny session",
  },
  { told: "session without policies", who: SESSION, layers: { identity: [ALLOW] }, expected: "allowed" },
  {
    told: "session denies",
    who: SESSION,
    layers: { identity: [ALLOW], session: [ALLOW, DENY] },
    expected: "explicitDeny session",
  },
  {
    told: "a session grants nothing",
    who: SESSION,
    layers: { session: [ALLOW] },
    expected: "implicitDeny identity",
  },
  {
    told: "federated without session policy",
    who: FEDERATED,
    layers: { identity: [ALLOW] },
    expected: "implicitDeny session",
  },
  {
    told: "federated with session policy",
    who: FEDERATED,
    layers: { identity: [ALLOW], session: [ALLOW] },
    expected: "allowed",
  },
  // denials are named in the order of the layers
  {
    told: "all deny",
    layers: { identity: [DENY], boundary: DENY, session: [DENY] },
    expected: "explicitDeny identity",
  },
  {
    told: "a later denial beats an earlier silence",
    layers: { boundary: SILENT, session: [DENY] },
    expected: "explicitDeny session",
  },
  {
    told: "the resource denies everyone",
    layers: {
      identity: [ALLOW],
      resource: resource("resource", OWN, { ...grant("*"), Effect: "Deny" }, grant("*")),
    },
    expected: "explicitDeny resource",
  },
  {
    told: "the resource denies another",
    layers: {
      identity: [ALLOW],
      resource: resource("resource", OWN, { ...grant({ AWS: OTHER }), Effect: "Deny" }),
    },
    expected: "allowed",
  },
  // grants of the resource, inside the account
  {
    told: "resource names the user",
    layers: { boundary: SILENT, session: [], resource: own({ AWS: ALICE.arn }) },
    expected: "allowed",
  },
  {
    told: "resource names the user's id",
    layers: { resource: own({ AWS: ALICE.principalId }) },
    expected: "allowed",
  },
  { told: "resource names everyone", layers: { boundary: SILENT, resource: own("*") }, expected: "allowed" },
  {
    told: "resource names the session",
    who: SESSION,
    layers: { boundary: SILENT, session: [], resource: own({ AWS: SESSION.arn }) },
    expected: "allowed",
  },
  {
    told: "resource names the federated session",
    who: FEDERATED,
    layers: { resource: own({ AWS: FEDERATED.arn }) },
    expected: "allowed",
  },
  {
    told: "resource names the role",
    who: SESSION,
    layers: { resource: own({ AWS: "arn:aws:iam::111122223333:role/ops/Admin" }) },
    expected: "allowed",
  },
  {
    told: "resource names the role, boundary is silent",
    who: SESSION,
    layers: { boundary: SILENT, resource: own({ AWS: SESSION.principalId }) },
    expected: "implicitDeny boundary",
  },
  {
    told: "resource names the role, session is silent",
    who: SESSION,
    layers: { session: [SILENT], resource: own({ AWS: SESSION.principalId }) },
    expected: "implicitDeny session",
  },
  {
    told: "resource names role and session, session is silent",
    who: SESSION,
    layers: { session: [SILENT], resource: own({ AWS: [SESSION.principalId, SESSION.arn] }) },
    expected: "allowed",
  },
  {
    told: "resource names the account",
    layers: { resource: own({ AWS: OWN }) },
    expected: "implicitDeny identity",
  },
  {
    told: "resource names the account, identity allows",
    layers: { identity: [ALLOW], resource: own({ AWS: `arn:aws:iam::${OWN}:root` }) },
    expected: "allowed",
  },
  {
    told: "resource names another, identity allows",
    layers: { identity: [ALLOW], resource: own({ AWS: OTHER }) },
    expected: "allowed",
  },
  {
    told: "resource names the user, identity denies",
    layers: { identity: [DENY], resource: own({ AWS: ALICE.arn }) },
    expected: "explicitDeny identity",
  },
  // a trust policy must allow
  {
    told: "trust is silent",
    layers: { identity: [ALLOW], resource: trust(OWN, { AWS: OTHER }) },
    expected: "implicitDeny resource",
  },
  {
    told: "trust is silent towards root",
    who: ROOT,
    layers: { identity: [ALLOW], resource: trust(OWN, { AWS: ALICE.arn }) },
    expected: "implicitDeny resource",
  },
  {
    told: "trust names the user",
    layers: { resource: trust(OWN, { AWS: ALICE.principalId }) },
    expected: "allowed",
  },
  {
    told: "trust names the account",
    layers: { resource: trust(OWN, { AWS: OWN }) },
    expected: "implicitDeny identity",
  },
  {
    told: "trust names the account, identity allows",
    layers: { identity: [ALLOW], resource: trust(OWN, { AWS: OWN }) },
    expected: "allowed",
  },
  {
    told: "trust names a service",
    layers: { identity: [ALLOW], resource: trust(OWN, { Service: "*" }) },
    expected: "implicitDeny resource",
  },
  // across accounts both sides must allow
  {
    told: "foreign trust alone",
    layers: { resource: trust(OTHER, { AWS: ALICE.arn }) },
    expected: "implicitDeny identity",
  },
  {
    told: "foreign trust and identity",
    layers: { identity: [ALLOW], resource: trust(OTHER, { AWS: OWN }) },
    expected: "allowed",
  },
  {
    told: "foreign trust that names another",
    layers: { identity: [ALLOW], resource: trust(OTHER, { AWS: OTHER }) },
    expected: "implicitDeny resource",
  },
  {
    told: "foreign resource names the user, boundary is silent",
    layers: { identity: [ALLOW], boundary: SILENT, resource: foreign({ AWS: ALICE.arn }) },
    expected: "implicitDeny boundary",
  },
  {
    told: "foreign resource names the session, session is silent",
    who: SESSION,
    layers: { identity: [ALLOW], session: [], resource: foreign({ AWS: SESSION.arn }) },
    expected: "implicitDeny session",
  },
  {
    told: "foreign resource for everyone",
    layers: { resource: foreign("*") },
    expected: "implicitDeny identity",
  },
  {
    told: "foreign resource is silent",
    layers: { identity: [ALLOW], resource: foreign({ AWS: OTHER }) },
    expected: "implicitDeny resource",
  },
];

for (const { told, who, layers, expected } of CASES) {
  test(`${who?.kind ?? "user"}, ${told}: ${expected}`, () => {
    const action = layers.resource?.kind === "trust" ? "sts:AssumeRole" : "iam:GetUser";
    const facts = { principal: who ?? ALICE, action, layers: { ...NO_LAYERS, ...layers } };
    assert.equal(decided(facts), expected);
  });
}

for (const action of ["sts:GetCallerIdentity", "STS:getsessiontoken"]) {
  test(`${action} is allowed whatever the policies say`, () => {
    const layers = { identity: [DENY], boundary: DENY, session: [DENY], resource: undefined };
    assert.deepEqual(authorize(request({ action, layers })), { decision: "allowed", by: "always" });
  });
}

const ONES_OWN = ["ListSessions", "ListSignIns", "RevokeSession", "RevokeOtherSessions", "GetDashboard"];

for (const action of [...ONES_OWN, "GetConsoleContext"].map((name) => `countersign:${name}`)) {
  test(`${action} needs no permission, and only a session can be kept from it`, () => {
    const denied = { identity: [DENY], boundary: DENY, session: undefined, resource: undefined };
    assert.deepEqual(authorize(request({ action, layers: denied })), { decision: "allowed", by: "always" });
    const silent = { ...NO_LAYERS, session: [SILENT] };
    assert.deepEqual(authorize(request({ action, layers: silent })), { decision: "allowed", by: "always" });
    const restricted = authorize(request({ action, layers: { ...NO_LAYERS, session: [DENY] } }));
    assert.equal(
      restricted.decision,
      action === "countersign:GetConsoleContext" ? "allowed" : "explicitDeny",
    );
  });
}

test("a verdict names the statement that decided, the first of its document", () => {
  const policy = named(
    "arn:aws:iam::aws:policy/P",
    { Effect: "Allow", Action: "*", Resource: "arn:aws:iam::*:role/*" },
    { Effect: "Allow", Action: "iam:*", Resource: "*", Sid: "First" },
    { Effect: "Allow", Action: "iam:GetUser", Resource: "*", Sid: "Second" },
  );
  assert.deepEqual(authorize(request({ layers: { ...NO_LAYERS, identity: [SILENT, policy] } })), {
    decision: "allowed",
    by: { layer: "identity", policy: "arn:aws:iam::aws:policy/P", statement: 1, sid: "First" },
  });
});

test("an error while deciding is a denial", () => {
  const error = new Error("the store is gone");
  const condition = { StringEquals: { "aws:username": "x" } };
  const layers = {
    ...NO_LAYERS,
    identity: [named("p", { Effect: "Allow", Action: "*", Resource: "*", Condition: condition })],
  };
  const context = (): never => {
    throw error;
  };
  assert.deepEqual(authorize(request({ layers, context })), {
    decision: "implicitDeny",
    layer: "failed",
    error,
  });
});

test("an operator that does not exist denies where its statement speaks", () => {
  const condition = { Sounds: { "aws:username": "x" } };
  const statement = { Effect: "Deny", Action: "iam:*", Resource: "*", Condition: condition } as const;
  const layers = { ...NO_LAYERS, identity: [ALLOW, named("p", statement)] };
  assert.equal(decided({ layers }), "implicitDeny failed");
  assert.equal(decided({ layers, action: "sts:AssumeRole" }), "allowed");
});

test("variables that are filled in with more than a policy may hold decide a denial, and are explained", () => {
  const context = contextOf({ "aws:useragent": "a".repeat(16_000) });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
  const agents = (times: number) => "${aws:UserAgent}".repeat(times);
  const filled = (times: number) =>
    request({
      context,
      layers: {
        ...NO_LAYERS,
        identity: [
          named("p", {
            Effect: "Allow",
            Action: "*",
            Resource: "*",
            Condition: { StringNotLike: { "aws:UserAgent": `*${agents(times)}b` } },
          }),
        ],
      },
    });
  assert.equal(decided(filled(8)), "allowed");
  assert.equal(decided(filled(9)), "implicitDeny failed");
  assert.deepEqual(explain(filled(9)).policies, []);
});

const effect = fc.constantFrom<"Allow" | "Deny">("Allow", "Deny");
const statement: fc.Arbitrary<Written> = fc.record({
  Effect: effect,
  Action: fc.constantFrom("*", "iam:*", "iam:GetUser", "iam:List*", "sts:*"),
  Resource: fc.constantFrom("*", "arn:aws:iam::*:user/*", "arn:aws:iam::*:role/*"),
});
const policies = fc.array(fc.array(statement, { maxLength: 4 }), { maxLength: 3 });

const decisionOf = (documents: readonly (readonly Written[])[], facts: Partial<DecisionRequest> = {}) =>
  authorize(
    request({
      ...facts,
      layers: { ...NO_LAYERS, identity: documents.map((written, at) => named(`p${at}`, ...written)) },
    }),
  ).decision;

test("the order of policies and statements changes no decision", () => {
  fc.assert(
    fc.property(policies, (documents) => {
      const turned = documents.toReversed().map((written) => written.toReversed());
      assert.equal(decisionOf(documents), decisionOf(turned));
    }),
  );
});

test("one more statement that denies never allows more, one more that allows never undoes a denial", () => {
  fc.assert(
    fc.property(policies, statement, (documents, more) => {
      const [before, after] = [decisionOf(documents), decisionOf([...documents, [more]])];
      if (more.Effect === "Deny" && before !== "allowed") assert.notEqual(after, "allowed");
      if (before === "explicitDeny") assert.equal(after, "explicitDeny");
    }),
  );
});
