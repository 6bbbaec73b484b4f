/**
 * The second opinion: contract 9 said again as simply as it can be said, with no thought for speed, sharing nothing with the
 * engine but the types. Where the two disagree, one of them has misread the contract.
 */
import type { Elements, PolicyDocument, Statement } from "#policy/document/document.ts";
import type { DecisionRequest, Layers, ResourcePolicy } from "#policy/request.ts";
import { holds } from "./naive/conditions.ts";
import { arnGlobs, globs, piecesOf } from "./naive/glob.ts";
import { type Reach, reachOf } from "./naive/principals.ts";
import { expand } from "./naive/variables.ts";

export type Decision = "allowed" | "explicitDeny" | "implicitDeny";

/** A policy that was not compiled. */
export interface PlainPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

export interface PlainLayers {
  readonly identity: readonly PlainPolicy[];
  readonly boundary: PlainPolicy | undefined;
  readonly session: readonly PlainPolicy[] | undefined;
  readonly resource: (PlainPolicy & Omit<ResourcePolicy, "compiled" | "name">) | undefined;
}

export interface PlainRequest extends Omit<DecisionRequest, "layers"> {
  readonly layers: PlainLayers;
}

/** No policy can stop these (contract 9.3). */
const ALWAYS_ALLOWED = ["sts:getcalleridentity", "sts:getsessiontoken", "countersign:getconsolecontext"];

/** DESIGN 8: one's own, which only a restricted session can be denied. */
const OWN = [
  "countersign:cancelmfaenrolment",
  "countersign:getdashboard",
  "countersign:getpolicyvocabulary",
  "countersign:listsessions",
  "countersign:listsignins",
  "countersign:revokeothersessions",
  "countersign:revokesession",
  "countersign:validatepolicy",
];

/** Contract 9.3, in its order. */
export function decideNaively(request: PlainRequest): Decision {
  const { principal, layers } = request;
  if (principal.kind === "operator" || ALWAYS_ALLOWED.includes(request.action.toLowerCase()))
    return "allowed";
  if (OWN.includes(request.action.toLowerCase())) {
    const restricted = layers.session?.some((policy) => speaks(policy, "Deny", request));
    return restricted ? "explicitDeny" : "allowed";
  }
  const policies = Object.values(layers satisfies Record<keyof Layers, unknown>).flat();
  if (policies.some((policy) => policy !== undefined && speaks(policy, "Deny", request)))
    return "explicitDeny";
  return isAllowed(request) ? "allowed" : "implicitDeny";
}

function isAllowed(request: PlainRequest): boolean {
  const { principal, layers } = request;
  const { resource } = layers;
  if (resource === undefined) return ownSideAllows(request, false);
  const reaches = grantsOf(resource, request);
  // across accounts both sides must allow
  if (resource.accountId !== principal.accountId) return reaches.length > 0 && ownSideAllows(request, false);
  if (resource.kind === "trust" && reaches.length === 0) return false;
  return reaches.includes("direct") || ownSideAllows(request, reaches.includes("role"));
}

/** Identity policies (or a grant to the role), boundary and session policies: each that is there must allow. */
function ownSideAllows(request: PlainRequest, granted: boolean): boolean {
  const { kind } = request.principal;
  const { identity, boundary, session } = request.layers;
  const allows = (policy: PlainPolicy): boolean => speaks(policy, "Allow", request);
  const byIdentity = granted || identity.some(allows);
  const byBoundary = boundary === undefined || allows(boundary);
  const bySession = session === undefined ? kind !== "federated-user" : session.some(allows);
  return bySession && (kind === "root" || (byIdentity && byBoundary));
}

function grantsOf(resource: PlainPolicy, request: PlainRequest): readonly Reach[] {
  const { statements } = resource.document;
  return statements
    .filter((statement) => statement.effect === "Allow" && applies(statement, resource, request))
    .flatMap((statement) => reachOf(statement, request.principal) ?? []);
}

const speaks = (policy: PlainPolicy, effect: Statement["effect"], request: PlainRequest): boolean =>
  policy.document.statements.some(
    (statement) => statement.effect === effect && applies(statement, policy, request),
  );

/** Whether a statement is about this call: everything in it must match. */
export function applies(statement: Statement, { document }: PlainPolicy, request: PlainRequest): boolean {
  const { version } = document;
  const { principal, action, resource, context } = request;
  const ofAction = (pattern: string) => globs(piecesOf(pattern.toLowerCase()), action.toLowerCase());
  const ofResource = (pattern: string) => isOfResource(pattern, resource, version, context);
  return (
    (statement.principals === undefined || reachOf(statement, principal) !== undefined) &&
    matches(statement.actions, ofAction) &&
    (statement.resources === undefined || matches(statement.resources, ofResource)) &&
    statement.conditions.every((condition) => holds(condition, version, context))
  );
}

const matches = ({ not, values }: Elements, is: (value: string) => boolean): boolean =>
  values.some(is) !== not;

/** Variables stand in the last segment alone; one without a value matches no resource (contract 9.2). */
function isOfResource(
  pattern: string,
  resource: string,
  version: PolicyDocument["version"],
  context: PlainRequest["context"],
): boolean {
  if (pattern === "*") return true;
  const [, head = "", tail = ""] = /^((?:[^:]*:){5})(.*)$/s.exec(pattern) ?? [];
  const expanded = expand(tail, version, context);
  return expanded !== undefined && arnGlobs([...piecesOf(head), ...expanded], resource);
}
