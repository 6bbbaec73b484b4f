import type { Arn } from "#identity/ids.ts";
import { type CompiledPolicy, compile } from "#policy/compile.ts";
import type { PolicyDocument } from "#policy/document/document.ts";
import { type PolicyKind, parsePolicy } from "#policy/document/parse.ts";
import { managedPolicy } from "#policy/managed/managed.ts";
import type { NamedPolicy } from "#policy/request.ts";
import type { Grants } from "#ports/policies.ts";
import type { RoleRow } from "#ports/roles.ts";
import type { PrincipalPolicies } from "./call.ts";
import { remember } from "./revisioned-cache.ts";
import { boundTrust } from "./trust.ts";

const CAPACITY = 2_000;
const compiled = new Map<string, CompiledPolicy>();

/**
 * A stored document, compiled; the same text is compiled once. One that cannot be read any more, which only a change of our
 * own rules could bring about, denies everything.
 */
export const compiledPolicy = (text: string, kind: PolicyKind): CompiledPolicy =>
  compiledOnce(`${kind} ${text}`, () => {
    const document = parsePolicy(text, kind);
    return document.ok ? document.value : undefined;
  });

/** A role's trust policy, compiled with those whom it names as they were bound. */
export const compiledTrust = (role: RoleRow): CompiledPolicy =>
  compiledOnce(`trust ${JSON.stringify(role.trustBindings)} ${role.trustDocument}`, () => boundTrust(role));

function compiledOnce(name: string, read: () => PolicyDocument | undefined): CompiledPolicy {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const document = read();
  const policy = document === undefined ? DENY_EVERYTHING : compile(document);
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

/** Of a role that is not there: it trusts nobody, as one that exists may. */
export const NO_TRUST: CompiledPolicy = compile({ version: "2012-10-17", id: undefined, statements: [] });

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
