import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { authorize } from "#policy/authorize.ts";
import { LONG } from "../support/long.ts";
import { compileRequest } from "./compiled.ts";
import { conditions, contexts, requests, underCondition } from "./generate.ts";
import { type Decision, decideNaively, type PlainRequest } from "./naive.ts";

const numRuns = LONG ? 500_000 : 5_000;

/** What the calls were: a generator that always comes to the same end would agree about nothing. */
function seenIn(request: PlainRequest, decision: Decision): readonly string[] {
  const { boundary, session, resource } = request.layers;
  const layers = Object.entries({ boundary, session, resource }).filter(
    ([, policies]) => policies !== undefined,
  );
  return [decision, request.principal.kind, ...layers.map(([name]) => name)];
}

const KINDS = ["allowed", "explicitDeny", "implicitDeny", "boundary", "session", "resource"];
const CALLERS = ["user", "role-session", "federated-user", "root"];

test(`the engine decides as the naive evaluator does, ${numRuns} times`, () => {
  const seen = new Map<string, number>();
  const agrees = fc.property(requests, (request) => {
    const expected = decideNaively(request);
    for (const one of seenIn(request, expected)) seen.set(one, (seen.get(one) ?? 0) + 1);
    assert.equal(authorize(compileRequest(request)).decision, expected);
  });
  fc.assert(agrees, { numRuns });
  for (const one of [...KINDS, ...CALLERS])
    assert.ok((seen.get(one) ?? 0) > numRuns / 20, `${one}: ${seen.get(one)}`);
});

test(`one condition alone decides as the naive evaluator says, ${numRuns} times`, () => {
  const versions = fc.constantFrom("2012-10-17", "2012-10-17", "2008-10-17");
  const agrees = fc.property(conditions, versions, contexts, (condition, version, context) => {
    const request = underCondition(condition, version, context);
    assert.equal(authorize(compileRequest(request)).decision, decideNaively(request));
  });
  fc.assert(agrees, { numRuns });
});
