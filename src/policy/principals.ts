import type { PrincipalElement, Principals } from "./document/document.ts";
import type { RequestPrincipal } from "./request.ts";

/**
 * How a statement names the requester. Himself: his user, his session. His role. His account, whose own policies then have
 * the say. Or everyone.
 */
export type Naming = "directly" | "role" | "account" | "everyone";

/**
 * How a statement that allows names the requester, or undefined. NotPrincipal with Allow grants to everyone else; whoever is
 * listed in any way is not everyone else.
 */
export function grantOf(principals: Principals | undefined, who: RequestPrincipal): Naming | undefined {
  const namings = namingsOf(principals, who);
  if (principals?.not) return namings.size === 0 ? "everyone" : undefined;
  return NAMINGS.find((naming) => namings.has(naming));
}

/** The one that grants most first. */
export const NAMINGS: readonly Naming[] = ["directly", "everyone", "role", "account"];

/** Whether a statement that denies is about the requester. NotPrincipal must list a role and its session both (contract 9.1). */
export function isDenied(principals: Principals | undefined, who: RequestPrincipal): boolean {
  const namings = namingsOf(principals, who);
  if (!principals?.not) return namings.size > 0;
  // an account in the list excepts its root user, who goes by the same ARN, and nobody else
  const himself = namings.has(who.kind === "root" ? "account" : "directly");
  const isListed = himself && (who.kind !== "role-session" || namings.has("role"));
  return !isListed && !namings.has("everyone");
}

function namingsOf(principals: Principals | undefined, who: RequestPrincipal): ReadonlySet<Naming> {
  const namings = (principals?.values ?? []).map((element) => namingOf(element, who));
  return new Set(namings.filter((naming) => naming !== undefined));
}

/**
 * Stored policies hold the unique id of a user or role in place of its ARN, so that another one of the same name is not
 * meant; ARNs that remain (sessions, or a policy that was never stored) are compared as text, without wildcards.
 */
function namingOf({ type, value }: PrincipalElement, who: RequestPrincipal): Naming | undefined {
  if (type !== "AWS") return undefined;
  if (value === "*") return "everyone";
  if (value === who.accountId || ROOT_ARN.exec(value)?.[1] === who.accountId) return "account";
  if (value === who.arn) return "directly";
  if (who.kind === "role-session" && (value === who.roleArn || value === who.principalId)) return "role";
  // a federated session carries the id of the user who made it, but is not that user
  return who.kind === "user" && value === who.principalId ? "directly" : undefined;
}

const ROOT_ARN = /^arn:[a-z-]+:iam::(\d{12}):root$/;
