import type { Arn } from "#identity/ids.ts";
import { type CompiledPolicy, compile } from "#policy/compile.ts";
import { type PolicyKind, parsePolicy } from "#policy/document/parse.ts";
import { managedPolicy } from "#policy/managed/managed.ts";
import type { NamedPolicy } from "#policy/request.ts";
import type { Grants } from "#ports/policies.ts";
import type { PrincipalPolicies } from "./call.ts";
import { remember } from "./revisioned-cache.ts";

const CAPACITY = 2_000;
const compiled = new Map<string, CompiledPolicy>();

/**
 * A stored document, compiled; the same text is compiled once. One that cannot be read any more, which only a change of our
 * own rules could bring about, denies everything.
 */
export function compiledPolicy(text: string, kind: PolicyKind): CompiledPolicy {
  const name = `${kind} ${text}`;
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const document = parsePolicy(text, kind);
  const policy = document.ok ? compile(document.value) : DENY_EVERYTHING;
  remember(compiled, name, policy, CAPACITY);
  return policy;
}

const everything = (effect: "Allow" | "Deny"): CompiledPolicy =>
  compile({
    version: "2012-10-17",
    id: undefined,
    statements: [
      {
        sid: undefined,
        effect,
        principals: undefined,
        actions: { not: false, values: ["*"] },
        resources: { not: false, values: ["*"] },
        conditions: [],
      },
    ],
  });

const DENY_EVERYTHING = everything("Deny");
const ALLOW_EVERYTHING = everything("Allow");

/** Who needs no policy, by the name that explanations show: root (contract 9.3), and the operator of the machine. */
export const unlimited = (name: "root user" | "operator"): PrincipalPolicies => ({
  identity: [{ name, compiled: ALLOW_EVERYTHING }],
  boundary: undefined,
  session: undefined,
});

/** What AllowUsersToChangePassword grants: the password call, which is on oneself, and reading the rules (contract 1.5). */
export const passwordGrant = (): NamedPolicy => ({
  name: "AllowUsersToChangePassword",
  compiled: compiledPolicy(PASSWORD_GRANT, "identity"),
});

const PASSWORD_GRANT = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: ["iam:ChangePassword", "iam:GetAccountPasswordPolicy"], Resource: "*" },
  ],
});

/** A managed policy by its ARN and the document of its default version, which for AWS's own is in the code. */
export function namedManaged(arn: Arn, document: string | undefined): NamedPolicy {
  const text = document ?? managedPolicy(arn)?.document;
  return { name: arn, compiled: text === undefined ? DENY_EVERYTHING : compiledPolicy(text, "identity") };
}

/** The policies of a user, his groups' among them, or of a role, ready to decide with. */
export function policiesOf({ inline, managed, boundary }: Grants): PrincipalPolicies {
  return {
    identity: [
      ...inline.map(({ policyName, document }) => ({
        name: policyName,
        compiled: compiledPolicy(document, "identity"),
      })),
      ...managed.map(({ arn, document }) => namedManaged(arn, document)),
    ],
    boundary: boundary && namedManaged(boundary.arn, boundary.document),
    session: undefined,
  };
}
