import type { Statement } from "@aws-sdk/client-iam";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { compile } from "#policy/compile.ts";
import type { PolicyDocument } from "#policy/document/document.ts";
import { type PolicyKind, parsePolicy } from "#policy/document/parse.ts";
import { statementSpans } from "#policy/document/positions.ts";
import type { NamedPolicy } from "#policy/request.ts";
import { compiledPolicy } from "../compiled-policies.ts";

/** A policy that takes part in a simulation; it goes by its SourcePolicyId. */
export interface SimulatedPolicy extends NamedPolicy {
  /** Undefined where a stored document cannot be read any more: it denies everything, as it does when a call is decided. */
  readonly document: PolicyDocument | undefined;
  readonly text: string;
}

/** A stored policy of a user, group or role. */
export function storedPolicy(name: string, text: string): SimulatedPolicy {
  const document = parsePolicy(text, "identity");
  const compiled = compiledPolicy(text, "identity");
  return { name, compiled, text, document: document.ok ? document.value : undefined };
}

/** The documents of an input member, in AWS's names: `PolicyInputList.1`. Nothing of them is kept after the call. */
export function givenPolicies(
  member: keyof typeof INVALID,
  texts: readonly string[] = [],
): Outcome<readonly SimulatedPolicy[], ServiceError> {
  const policies: SimulatedPolicy[] = [];
  for (const [at, text] of texts.entries()) {
    const policy = givenPolicy(`${member}.${at + 1}`, text, "simulated");
    if (policy === undefined) return refuse(serviceError("InvalidInput", INVALID[member](at + 1)));
    policies.push(policy);
  }
  return accept(policies);
}

/** Undefined where the text is no such policy. */
export function givenPolicy(name: string, text: string, kind: PolicyKind): SimulatedPolicy | undefined {
  const document = parsePolicy(text, kind);
  if (!document.ok) return undefined;
  return { name, text, document: document.value, compiled: compile(document.value) };
}

/** Recorded in 2026 for the first; the second is made like it. */
const INVALID = {
  PolicyInputList: (item: number) => `Policy input list item ${item} has invalid content`,
  PermissionsBoundaryPolicyInputList: (item: number) =>
    `Permissions boundary policy input list item ${item} has invalid content`,
};

/** What AWS answers as SourcePolicyType; the model's own values are others (contract 1.8). */
export const SOURCE_TYPES = {
  identity: "IAM Policy",
  boundary: "Permissions Boundary Policy",
  resource: "Resource Policy",
} as const;

export type SimulatedLayer = keyof typeof SOURCE_TYPES;

/** A policy's statements as answers name them, in the document's order. */
export function shownStatements(layer: SimulatedLayer, { name, text, compiled }: SimulatedPolicy) {
  const spans = statementSpans(text);
  return compiled.statements.map(({ place }): Statement => {
    const { start, end } = spans[place] ?? {};
    return {
      SourcePolicyId: name,
      // what AWS sends is not what its model says
      SourcePolicyType: SOURCE_TYPES[layer] as Statement["SourcePolicyType"],
      StartPosition: start && { Line: start.line, Column: start.column },
      EndPosition: end && { Line: end.line, Column: end.column },
    };
  });
}
