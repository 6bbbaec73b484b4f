import { table } from "#base/table.ts";

/** Who asks, as a decision sees it. */
export interface DecisionPrincipal {
  readonly kind: "root" | "user" | "operator";
  readonly arn: string;
  readonly attachedPolicies: readonly string[];
  readonly mayChangeOwnPassword: boolean;
}

export interface DecisionRequest {
  readonly principal: DecisionPrincipal;
  /** e.g. `iam:CreateUser` */
  readonly action: string;
  /** Every one must be allowed. */
  readonly resources: readonly string[];
}

/** A decision is never a boolean: it says what decided it, and for a denial, which resource and why. */
export type Verdict =
  | { readonly decision: "allowed"; readonly by: string }
  | { readonly decision: "implicitDeny"; readonly resource: string };

export const ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";

/** No policy can allow or deny these (contract 9.3). */
const ALWAYS_ALLOWED = table({ "sts:GetCallerIdentity": true, "sts:GetSessionToken": true });

/** What AllowUsersToChangePassword grants: the password call on oneself, and reading the rules (contract 1.5). */
const PASSWORD_GRANT = table({ "iam:ChangePassword": true, "iam:GetAccountPasswordPolicy": true });

/**
 * Decides a call: the operator, root, the calls that are always allowed, the account's password grant, and holders of
 * AdministratorAccess. Everything else is denied, which is the default.
 */
export function decide(request: DecisionRequest): Verdict {
  const { principal, action, resources } = request;
  if (principal.kind === "operator") return { decision: "allowed", by: "operator" };
  if (action in ALWAYS_ALLOWED) return { decision: "allowed", by: "always allowed" };
  if (principal.kind === "root") return { decision: "allowed", by: "root user" };
  if (principal.attachedPolicies.includes(ADMINISTRATOR_ACCESS)) {
    return { decision: "allowed", by: ADMINISTRATOR_ACCESS };
  }
  if (principal.mayChangeOwnPassword && action in PASSWORD_GRANT) {
    return { decision: "allowed", by: "AllowUsersToChangePassword" };
  }
  return { decision: "implicitDeny", resource: resources[0] ?? "*" };
}

/** AWS's sentence for a denial (contract 1.3). */
export function denialSentence(
  request: DecisionRequest,
  verdict: Verdict & { decision: "implicitDeny" },
): string {
  const { principal, action } = request;
  return (
    `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${verdict.resource}` +
    ` because no identity-based policy allows the ${action} action`
  );
}
