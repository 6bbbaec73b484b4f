/**
 * The scenario files through the simulator: as documents that need not exist, and as the policies of users and roles that were
 * made by real calls. A row that the simulator cannot be asked has its reason told.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ContextEntry, EvaluationResult, SimulateCustomPolicyCommandInput } from "@aws-sdk/client-iam";
import { accountOf, contextOf, roleArn, userArn } from "../policy/scenarios/principals.ts";
import { named, type Row, readScenarios, type Scenario } from "../policy/scenarios/read.ts";
import { openWorld, type World } from "../support/world.ts";
import { openStage, type Stage } from "./scenario-world.ts";

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world[Symbol.asyncDispose]());

/** Why a row cannot be asked, the first that holds. */
const REASONS: readonly (readonly [told: string, holds: (scenario: Scenario, row: Row) => boolean])[] = [
  ["of root, whom nobody simulates", (scenario, row) => kindOf(scenario, row) === "root-key"],
  ["of federated users", (scenario, row) => kindOf(scenario, row) === "federated-user"],
  [
    "of sessions with session policies",
    (scenario, { who }) => "policies" in named(scenario, scenario.credentials, who),
  ],
  [
    "about a role's trust policy, which is none of the simulator's",
    (scenario, { action, resource }) =>
      action === "sts:AssumeRole" &&
      Object.keys(scenario.roles).some((name) => roleArn(scenario, name) === resource),
  ],
  [
    "with a key that has an empty list of values",
    (scenario, row) => [...contextOf(scenario, row).values()].some(({ length }) => length === 0),
  ],
];

const kindOf = (scenario: Scenario, { who }: Row) => named(scenario, scenario.credentials, who).kind;

const reasonOf = (scenario: Scenario, row: Row): string | undefined =>
  REASONS.find(([, holds]) => holds(scenario, row))?.[0];

let asked = 0;

for (const scenario of readScenarios()) {
  describe(scenario.title, () => {
    let stage: Stage;
    before(async () => {
      stage = await openStage(world, scenario);
    });
    for (const [at, row] of scenario.rows.entries()) {
      if (reasonOf(scenario, row) !== undefined) continue;
      asked += 1;
      const { who, action, resource, expect } = row;
      test(`${at + 1}. ${who}: ${action} on ${resource} is ${expect}`, async () => {
        const own = stage.scenario.rows[at] ?? assert.fail();
        const { iam } = clientsOf(stage, own);
        const custom = await iam.simulateCustomPolicy(customInput(stage.scenario, own));
        assertResult(custom.EvaluationResults, own);
        const principal = await iam.simulatePrincipalPolicy({
          PolicySourceArn: callerOf(stage.scenario, own).arn,
          ...callInput(stage.scenario, own),
        });
        assertResult(principal.EvaluationResults, own);
      });
    }
    test("the rows that are not simulated", (t) => t.diagnostic(unasked(scenario)));
  });
}

test("most rows are asked", () => assert.ok(asked > 180, `${asked}`));

function assertResult(results: readonly EvaluationResult[] | undefined, { action, expect }: Row): void {
  assert.equal(results?.length, 1);
  const [result] = results;
  assert.deepEqual([result?.EvalActionName, result?.EvalDecision], [action, expect]);
  // what was decided names who decided it
  const isNamed = (result?.MatchedStatements?.length ?? 0) > 0;
  assert.equal(isNamed, expect !== "implicitDeny" && !/^sts:Get(?:Caller|Session)/.test(action));
}

/** The user or role whose policies decide. */
function callerOf(scenario: Scenario, { who }: Row) {
  const credential = named(scenario, scenario.credentials, who);
  if ("role" in credential) {
    const { role } = credential;
    return { ...named(scenario, scenario.roles, role), groups: [], arn: roleArn(scenario, role) };
  }
  assert.ok("user" in credential);
  const { user } = credential;
  return { ...named(scenario, scenario.users, user), arn: userArn(scenario, user) };
}

/** He is asked about by the administrator of his own account. */
function clientsOf({ scenario, accounts }: Stage, row: Row) {
  const { admin } = accounts.get(accountOf(scenario, callerOf(scenario, row))) ?? assert.fail();
  return world.clients(admin);
}

const written = (documents: Scenario["policies"], names = Object.keys(documents)): string[] =>
  names.map((name) => JSON.stringify(documents[name]));

function customInput(scenario: Scenario, row: Row): SimulateCustomPolicyCommandInput {
  const { arn, groups, boundary, ...caller } = callerOf(scenario, row);
  const holders = [caller, ...groups.map((name) => named(scenario, scenario.groups, name))];
  return {
    PolicyInputList: holders.flatMap(({ inline, attached }) => [
      ...written(inline),
      ...written(scenario.policies, [...attached]),
    ]),
    ...(boundary === undefined
      ? {}
      : { PermissionsBoundaryPolicyInputList: written(scenario.policies, [boundary]) }),
    CallerArn: arn,
    ...callInput(scenario, row),
  };
}

function callInput(scenario: Scenario, row: Row) {
  const policy = scenario.resources[row.resource];
  return {
    ActionNames: [row.action],
    ResourceArns: [row.resource],
    ...(policy && {
      ResourcePolicy: JSON.stringify(policy.policy),
      ResourceOwner: `arn:aws:iam::${policy.account}:root`,
    }),
    ContextEntries: [...contextOf(scenario, row)].map(
      ([ContextKeyName, value]): ContextEntry =>
        typeof value === "string"
          ? { ContextKeyName, ContextKeyType: "string", ContextKeyValues: [value] }
          : { ContextKeyName, ContextKeyType: "stringList", ContextKeyValues: [...value] },
    ),
  };
}

function unasked(scenario: Scenario): string {
  const counts = new Map<string, number>();
  for (const row of scenario.rows) {
    const reason = reasonOf(scenario, row);
    if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const told = [...counts].map(([reason, count]) => `${count} ${reason}`).join("; ");
  return `${scenario.file}: ${told || "none"}`;
}
