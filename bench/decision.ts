import { preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs";
import type { AccountId, Arn, PrincipalId } from "#identity/ids.ts";
import { authorize } from "#policy/authorize.ts";
import { compile } from "#policy/compile.ts";
import type { PolicyDocument } from "#policy/document/document.ts";
import type { DecisionRequest, NamedPolicy } from "#policy/request.ts";
import { toCedar } from "./cedar.ts";
import { compareWork } from "./pairs.ts";
import { administrator, managed, others, selfManageMfa } from "./policies.ts";
import { type Bench, median } from "./row.ts";

const AGAINST_CEDAR = "policy decision, against cedar-wasm";
const FLAT = "policy decision, 10,000 statements of other services against 10";
const COMPILING = "compiling 1,000 policy documents";

const DOCUMENTS = [selfManageMfa, administrator, ...managed];

/** An administrator with MFA makes a user: the denial without MFA is looked at, and the administrator's policy allows. */
export const decision: Bench = {
  names: [AGAINST_CEDAR, FLAT, COMPILING],
  async measure() {
    return [againstCedar(), flatness(), compiling()];
  },
};

const USER = "arn:aws:iam::111122223333:user/alice";
const NEW_USER = "arn:aws:iam::111122223333:user/bob";

function requestWith(documents: readonly PolicyDocument[], mfa = "true"): DecisionRequest {
  const context = new Map([
    ["aws:username", "alice"],
    ["aws:multifactorauthpresent", mfa],
  ]);
  const identity = documents.map(
    (document, at): NamedPolicy => ({ name: `p${at}`, compiled: compile(document) }),
  );
  return {
    // ids of the bench's own making
    principal: {
      kind: "user",
      accountId: "111122223333" as AccountId,
      arn: USER as Arn,
      principalId: "AIDA" as PrincipalId,
    },
    action: "iam:CreateUser",
    resource: NEW_USER,
    layers: { identity, boundary: undefined, session: undefined, resource: undefined },
    context: (key) => context.get(key),
  };
}

function againstCedar() {
  const request = requestWith(DOCUMENTS);
  const parsed = preparsePolicySet("bench", { staticPolicies: toCedar(DOCUMENTS) });
  if (parsed.type === "failure") throw new Error(JSON.stringify(parsed.errors));
  const call = {
    principal: { type: "User", id: "alice" },
    action: { type: "Action", id: "iam:createuser" },
    resource: { type: "Resource", id: NEW_USER },
    context: { action: "iam:createuser", resource: NEW_USER, own: USER, MultiFactorAuthPresent: "true" },
    entities: [],
    preparsedPolicySetId: "bench",
  };
  const withoutMfa = { ...call, context: { ...call.context, MultiFactorAuthPresent: "false" } };
  mustBe("allowed", authorize(request).decision);
  mustBe("allow", cedarDecision(call));
  mustBe("explicitDeny", authorize(requestWith(DOCUMENTS, "false")).decision);
  mustBe("deny", cedarDecision(withoutMfa));
  const { ratio, ours, bare } = compareWork(
    () => authorize(request),
    () => statefulIsAuthorized(call),
  );
  const seen = `${ours.toFixed(2)} µs against ${bare.toFixed(1)} µs`;
  return {
    name: AGAINST_CEDAR,
    figure: 1 / ratio,
    bar: 20,
    must: "stay above",
    unit: "times",
    seen,
  } as const;
}

function cedarDecision(call: Parameters<typeof statefulIsAuthorized>[0]): string {
  const answer = statefulIsAuthorized(call);
  return answer.type === "success" ? answer.response.decision : JSON.stringify(answer.errors);
}

/** A bench of two that decide differently compares nothing. */
function mustBe(expected: string, decided: string): void {
  if (decided !== expected) throw new Error(`decided ${decided}, not ${expected}`);
}

/** Both in one document, which also speaks of IAM. */
function flatness() {
  const [few, many] = [10, 10_000].map((count) => {
    const statements = [...others(count), ...selfManageMfa.statements, ...administrator.statements];
    return requestWith([{ ...selfManageMfa, statements }]);
  });
  if (few === undefined || many === undefined) throw new Error("nothing to compare");
  const { ratio, ours, bare } = compareWork(
    () => authorize(many),
    () => authorize(few),
  );
  const seen = `${ours.toFixed(2)} µs against ${bare.toFixed(2)} µs`;
  return { name: FLAT, figure: ratio, bar: 1.5, must: "stay below", unit: "times", seen } as const;
}

function compiling() {
  const seconds = Array.from({ length: 7 }, () => {
    const started = performance.now();
    for (let at = 0; at < 1000; at++) compile(DOCUMENTS[at % DOCUMENTS.length] ?? administrator);
    return (performance.now() - started) / 1000;
  });
  const figure = median(seconds);
  const seen = `${(figure * 1000).toFixed(0)} µs a document`;
  return { name: COMPILING, figure, bar: 0.5, must: "stay below", unit: "s", seen } as const;
}
