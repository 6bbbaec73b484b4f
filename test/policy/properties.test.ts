import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { authorize } from "#policy/authorize.ts";
import type { Condition, PolicyDocument, Statement } from "#policy/document/document.ts";
import { type PolicyKind, parsePolicy } from "#policy/document/parse.ts";
import { compilePattern, matchesPattern } from "#policy/pattern.ts";
import type { ContextValue } from "#policy/request.ts";
import { LONG } from "../support/long.ts";
import { compileRequest } from "./compiled.ts";
import { conditions, contexts, documents, requests, underCondition } from "./generate.ts";
import { globs, piecesOf } from "./naive/glob.ts";
import { applies, type PlainLayers, type PlainPolicy, type PlainRequest } from "./naive.ts";
import { renderPolicy } from "./render.ts";

const NEWER = "2012-10-17";
const runs = (short: number): { readonly numRuns: number } => ({ numRuns: LONG ? short * 20 : short });
const decide = (request: PlainRequest): string => authorize(compileRequest(request)).decision;

test("a pattern matches what the definition of its wildcards says", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "*", "[", "\u{10400}"), maxLength: 8 });
  const pattern = fc.string({
    unit: fc.constantFrom("a", "b", "*", "*", "?", "[", "\u{10400}"),
    maxLength: 8,
  });
  fc.assert(
    fc.property(pattern, text, (written, asked) => {
      assert.equal(matchesPattern(compilePattern(written), asked), globs(piecesOf(written), asked));
    }),
    runs(50_000),
  );
});

const withDocument = (policy: PlainPolicy, change: (document: PolicyDocument) => PolicyDocument) => ({
  ...policy,
  document: change(policy.document),
});
const everywhere = (
  { identity, boundary, session, resource }: PlainLayers,
  change: (document: PolicyDocument) => PolicyDocument,
): PlainLayers => ({
  identity: identity.map((policy) => withDocument(policy, change)),
  boundary: boundary && withDocument(boundary, change),
  session: session?.map((policy) => withDocument(policy, change)),
  resource: resource && { ...resource, ...withDocument(resource, change) },
});

const denials = documents("resource").map(({ statements }) =>
  statements.map((statement): Statement => ({ ...statement, effect: "Deny" })),
);

test("adding a Deny never allows more", () => {
  const layer = fc.constantFrom("identity", "boundary", "session", "resource");
  fc.assert(
    fc.property(requests, layer, denials, (request, name, added) => {
      const deny = (document: PolicyDocument) => ({
        ...document,
        statements: [...document.statements, ...added],
      });
      const before = decide(request);
      const changed = everywhere(request.layers, deny);
      const after = decide({ ...request, layers: { ...request.layers, [name]: changed[name] } });
      assert.ok(after === before || after === "explicitDeny", `${before}, then ${after}`);
    }),
    runs(2_000),
  );
});

/** Of up to three: turned and mirrored is every order. */
const reordered = <T>(list: readonly T[], turn: number): readonly T[] => {
  const turned = [...list.slice(turn % 3), ...list.slice(0, turn % 3)];
  return turn < 3 ? turned : turned.toReversed();
};

test("the order of statements and policies decides nothing", () => {
  fc.assert(
    fc.property(requests, fc.nat(5), fc.nat(5), (request, ofPolicies, ofStatements) => {
      const layers = everywhere(request.layers, (document) => ({
        ...document,
        statements: reordered(document.statements, ofStatements),
      }));
      const other = {
        ...layers,
        identity: reordered(layers.identity, ofPolicies),
        session: layers.session && reordered(layers.session, ofPolicies),
      };
      assert.equal(decide({ ...request, layers: other }), decide(request));
    }),
    runs(2_000),
  );
});

test("a verdict names a statement that speaks about the call, in the sense of the verdict", () => {
  fc.assert(
    fc.property(requests, (request) => {
      const verdict = authorize(compileRequest(request));
      if (verdict.decision === "implicitDeny" || verdict.by === "always") return;
      const { layer, policy, statement } = verdict.by;
      const effect = verdict.decision === "allowed" ? "Allow" : "Deny";
      const named = [request.layers[layer] ?? []].flat().filter(({ name }) => name === policy);
      const speaks = named.some((one) => {
        const found = one.document.statements[statement];
        return found?.effect === effect && applies(found, one, request);
      });
      assert.ok(speaks, `${effect} ${layer} ${policy} ${statement}`);
    }),
    runs(2_000),
  );
});

const holds = (condition: Condition, context: ReadonlyMap<string, ContextValue>): boolean =>
  decide(underCondition(condition, NEWER, context)) === "allowed";

/** A condition on a key, under the operator's bare name. */
const bare = conditions
  .map((condition) => ({
    ...condition,
    operator: condition.operator.replace(/^.*:/, "").replace(/IfExists$/, ""),
  }))
  .filter(({ operator }) => operator !== "Null");

for (const quantifier of ["", "ForAllValues:", "ForAnyValue:"]) {
  test(`${quantifier}…IfExists is true of an absent key, and else as without`, () => {
    fc.assert(
      fc.property(bare, contexts, (condition, values) => {
        const plain = { ...condition, operator: quantifier + condition.operator };
        const lenient = { ...plain, operator: `${plain.operator}IfExists` };
        const isAbsent = !values.has(condition.key.toLowerCase());
        assert.equal(holds(lenient, values), isAbsent || holds(plain, values));
      }),
      runs(1_000),
    );
  });
}

for (const [quantifier, combine] of [
  ["ForAllValues", (verdicts: readonly boolean[]) => verdicts.every((verdict) => verdict)],
  ["ForAnyValue", (verdicts: readonly boolean[]) => verdicts.some((verdict) => verdict)],
] as const) {
  test(`${quantifier} asks the plain operator about each value of the call`, () => {
    fc.assert(
      fc.property(bare, contexts, (condition, values) => {
        const key = condition.key.toLowerCase();
        const asked = [values.get(key) ?? []].flat();
        // a variable of the same key would see the one value
        fc.pre(!condition.values.some((value) => value.toLowerCase().includes(key)));
        const verdicts = asked.map((value) => holds(condition, new Map([...values, [key, value]])));
        const set = { ...condition, operator: `${quantifier}:${condition.operator}` };
        assert.equal(holds(set, values), combine(verdicts));
      }),
      runs(1_000),
    );
  });
}

test("a multivalued key never matches a plain operator", () => {
  fc.assert(
    fc.property(
      bare,
      fc.boolean(),
      fc.array(fc.constantFrom("ana", "60", "true")),
      (condition, lenient, list) => {
        const operator = lenient ? `${condition.operator}IfExists` : condition.operator;
        assert.equal(
          holds({ ...condition, operator }, new Map([[condition.key.toLowerCase(), list]])),
          false,
        );
      },
    ),
    runs(500),
  );
});

for (const kind of ["identity", "resource", "trust"] as const satisfies readonly PolicyKind[]) {
  test(`${kind} policies: what is parsed is what was rendered`, () => {
    fc.assert(
      fc.property(documents(kind), (generated) => {
        // a policy of people or roles must be of the newer version
        const document: PolicyDocument = kind === "identity" ? { ...generated, version: NEWER } : generated;
        const parsed = parsePolicy(renderPolicy(document), kind);
        assert.ok(parsed.ok, parsed.ok ? "" : parsed.error);
        assert.equal(JSON.stringify(parsed.value), JSON.stringify(document));
      }),
      runs(33_400),
    );
  });
}
