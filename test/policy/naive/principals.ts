import type { PrincipalElement, Statement } from "#policy/document/document.ts";
import type { RequestPrincipal } from "#policy/request.ts";

/**
 * How a statement of a resource's policy names the caller: himself (or everybody), the role behind his session, or the
 * account, which only leaves it to the account's own policies (contract 9.1, 9.3).
 */
export type Reach = "direct" | "role" | "account";

export function reachOf(statement: Statement, principal: RequestPrincipal): Reach | undefined {
  const { principals } = statement;
  if (principals === undefined) return undefined;
  const reaches = principals.values.flatMap((element) => elementReach(element, principal) ?? []);
  if (!principals.not)
    return (["direct", "role", "account"] as const).find((reach) => reaches.includes(reach));
  const left = statement.effect === "Allow" ? reaches.length > 0 : isExcepted(principals.values, principal);
  return left ? undefined : "direct";
}

/**
 * From a Deny is excepted only who is named himself: a session by its role and its own ARN, root by his account, which names
 * nobody else (contract 9.1).
 */
function isExcepted(elements: readonly PrincipalElement[], principal: RequestPrincipal): boolean {
  const reaches = elements.flatMap((element) => elementReach(element, principal) ?? []);
  if (elements.some(({ type, value }) => type === "AWS" && value === "*")) return true;
  if (principal.kind === "root") return reaches.includes("account");
  return reaches.includes("direct") && (principal.kind !== "role-session" || reaches.includes("role"));
}

function elementReach({ type, value }: PrincipalElement, principal: RequestPrincipal): Reach | undefined {
  const { accountId, arn, kind, principalId, roleArn } = principal;
  if (type !== "AWS") return undefined;
  if (value === "*") return "direct";
  if (value === accountId || value === `arn:aws:iam::${accountId}:root`) return "account";
  if (kind === "role-session" && (value === roleArn || value === principalId)) return "role";
  if (value === arn || (kind === "user" && value === principalId)) return "direct";
  return undefined;
}
