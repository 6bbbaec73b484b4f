import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { authorize } from "#policy/authorize.ts";
import { denialSentence } from "#policy/denial.ts";
import { compileRequest } from "../compiled.ts";
import { decideNaively } from "../naive.ts";
import { parseScenario, type Row, readScenarios, type Scenario } from "./read.ts";
import { requestOf } from "./request.ts";

const scenarios = readScenarios();

test("the scenarios are all there", () => {
  assert.ok(scenarios.length >= 12, `${scenarios.length}`);
});

for (const scenario of scenarios) {
  describe(scenario.title, () => {
    for (const [n, row] of scenario.rows.entries()) {
      const { who, action, resource, code, expect } = row;
      test(`${n + 1}. ${who}${code ? " with a code" : ""}: ${action} on ${resource} is ${expect}`, () =>
        assertRow(scenario, row));
    }
  });
}

function assertRow(scenario: Scenario, row: Row): void {
  const plain = requestOf(scenario, row);
  const request = compileRequest(plain);
  const verdict = authorize(request);
  assert.equal(verdict.decision, row.expect);
  assert.equal(decideNaively(plain), row.expect);
  if (row.sentence === undefined) return;
  assert.ok(verdict.decision !== "allowed");
  assert.equal(denialSentence(request, verdict), row.sentence);
}

test("a member that no scenario has is refused, wherever it stands", () => {
  const [scenario] = scenarios;
  assert.ok(scenario !== undefined);
  const { file, ...written } = scenario;
  const [row] = written.rows;
  for (const wrong of [
    { ...written, row: [] },
    { ...written, rows: [{ ...row, expected: "allowed" }] },
    { ...written, rows: [{ ...row, expect: "denied" }] },
    { ...written, credentials: { key: { kind: "long-term-key", user: "ana", age: 1 } } },
    { ...written, users: { ana: { groups: [], managed: [] } } },
  ]) {
    assert.throws(() => parseScenario(file, JSON.stringify(wrong)), /\S/);
  }
  assert.doesNotThrow(() => parseScenario(file, JSON.stringify(written)));
});

test("a name that the scenario does not have is refused", () => {
  const [scenario] = scenarios;
  const [row] = scenario?.rows ?? [];
  assert.ok(scenario !== undefined && row !== undefined);
  assert.throws(() => requestOf(scenario, { ...row, who: "nobody" }), /there is no `nobody`/);
});
