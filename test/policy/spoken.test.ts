import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { authorize } from "#policy/authorize.ts";
import { explain } from "#policy/explain.ts";
import { authorizeAndTell } from "#policy/spoken.ts";
import { LONG } from "../support/long.ts";
import { compileRequest } from "./compiled.ts";
import { requests } from "./generate.ts";

const numRuns = LONG ? 100_000 : 1_000;

test("who spoke is what an explanation says, and the verdict is the engine's", () => {
  let spoke = 0;
  const agrees = fc.property(requests, (generated) => {
    const request = compileRequest(generated);
    const { verdict, policies } = authorizeAndTell(request);
    assert.deepEqual(verdict, authorize(request));
    const explained = explain(request).policies.map(({ layer, statements }) => ({
      layer,
      statements: statements
        .filter(({ keptOutBy }) => keptOutBy === "nothing")
        .map(({ statement }) => statement),
    }));
    assert.deepEqual(
      policies.map(({ layer, statements }) => ({ layer, statements: statements.map(({ place }) => place) })),
      explained,
    );
    spoke += policies.filter(({ statements }) => statements.length > 0).length;
  });
  fc.assert(agrees, { numRuns });
  assert.ok(spoke > numRuns / 2, `${spoke}`);
});

test("an error while deciding denies, and nobody spoke", () => {
  const error = new Error("no such key");
  const plain = fc.sample(requests, { numRuns: 1, seed: 1 })[0] ?? assert.fail();
  const request = { ...compileRequest(plain), action: "iam:GetUser", resource: "arn:aws:iam::1:user/a" };
  const broken = {
    ...request,
    layers: {
      ...request.layers,
      identity: [
        {
          name: "broken",
          compiled: {
            statements: [],
            denies: { exact: new Map(), services: new Map(), everywhere: [] },
            get allows(): never {
              throw error;
            },
          },
        },
      ],
    },
  };
  assert.deepEqual(authorizeAndTell(broken), {
    verdict: { decision: "implicitDeny", layer: "failed", error },
    policies: [],
  });
});
