/** The scenario files through the live server: everybody in them is made by real calls, and every row that can be a call is one. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { epochMs, SECOND } from "#base/clock.ts";
import { authorize } from "#policy/authorize.ts";
import { denialSentence } from "#policy/denial.ts";
import { compileRequest } from "../policy/compiled.ts";
import { named, type Row, readScenarios, type Scenario } from "../policy/scenarios/read.ts";
import { requestOf } from "../policy/scenarios/request.ts";
import { openWorld, type World } from "../support/world.ts";
import { openStage, type Stage } from "./scenario-world.ts";
import { refusalOf } from "./wire-call.ts";

/** The keys of the context that a test can choose. */
const [IP, TIME, EPOCH] = ["aws:SourceIp", "aws:CurrentTime", "aws:EpochTime"] as const;

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world[Symbol.asyncDispose]());

for (const scenario of readScenarios()) {
  describe(scenario.title, () => {
    let stage: Stage;
    before(async () => {
      stage = await openStage(world, scenario);
    });
    for (const [at, row] of scenario.rows.entries()) {
      if (row.call === undefined) continue;
      const { who, action, resource, code, expect } = row;
      test(`${at + 1}. ${who}${code ? " with a code" : ""}: ${action} on ${resource} is ${expect}`, () =>
        assertRow(stage, stage.scenario.rows[at] ?? assert.fail()));
    }
    test("the rows that are no calls", (t) => t.diagnostic(uncalled(scenario)));
  });
}

async function assertRow(stage: Stage, row: Row): Promise<void> {
  const { operation, input } = row.call ?? assert.fail("no call");
  const factor = row.code ? stage.factor(row.who) : {};
  const keys = await stage.keys(row.who);
  goTo(stage.scenario, row.context);
  const refusal = await refusalOf(world, keys, operation, { ...input, ...factor });
  if (row.expect === "allowed") assert.equal(refusal, undefined);
  else assert.deepEqual(refusal, ["AccessDenied", 403, sentenceOf(stage.scenario, row)]);
}

/** Where and when the row's call comes from. */
function goTo(
  { now }: Scenario,
  { [IP]: address = "192.0.2.10", [TIME]: time, [EPOCH]: epoch }: Row["context"],
) {
  world.address = String(address);
  world.now = epochMs(epoch === undefined ? Date.parse(String(time ?? now)) : Number(epoch) * SECOND);
}

/** What the row says that the caller is told; where it says nothing, what the engine says. */
function sentenceOf(scenario: Scenario, row: Row): string {
  if (row.sentence !== undefined) return row.sentence;
  const request = compileRequest(requestOf(scenario, row));
  const verdict = authorize(request);
  assert.ok(verdict.decision !== "allowed");
  return denialSentence(request, verdict);
}

/** Why a row without a call has none, the first that holds. */
const REASONS: readonly (readonly [told: string, holds: (scenario: Scenario, row: Row) => boolean])[] = [
  ["of a service that is not served", (_, { action }) => !/^(?:iam|sts):/i.test(action)],
  ["with a context that a call does not choose", (_, { context }) => Object.keys(context).length > 0],
  [
    "of a credential that may not call IAM whatever policies say",
    (scenario, { who }) =>
      ["session", "federated-user"].includes(named(scenario, scenario.credentials, who).kind),
  ],
  ["that would change what others ask, or have a rule of its own beside policies", () => true],
];

function uncalled(scenario: Scenario): string {
  const rows = scenario.rows.filter(({ call }) => call === undefined);
  const counts = new Map<string, number>();
  for (const row of rows) {
    const [told = ""] = REASONS.find(([, holds]) => holds(scenario, row)) ?? [];
    counts.set(told, (counts.get(told) ?? 0) + 1);
  }
  const parts = [...counts].map(([told, count]) => `${count} ${told}`);
  return `${scenario.file}: ${scenario.rows.length - rows.length} calls; not called: ${parts.join("; ") || "none"}`;
}
