import { lookUp, table } from "#base/table.ts";
import { type ArnFields, parseArn } from "./arn.ts";
import { type ActionIndex, type CompiledStatement, serviceOf } from "./compile.ts";
import { grantOf, isDenied, NAMINGS, type Naming } from "./principals.ts";
import type { DecidedBy, DecisionRequest, LayerName, Layers, NamedPolicy, Verdict } from "./request.ts";

/**
 * What no policy can allow or deny (contract 9.3), by the lower-case action. One's own sign-in, sessions and context are among
 * it (DESIGN 8), but a session may be restricted further than that: its own policies can deny them.
 */
const FREE = table<"always" | "unless the session denies", string>({
  "sts:getcalleridentity": "always",
  "sts:getsessiontoken": "always",
  "countersign:getconsolecontext": "always",
  // each user is decided about apart
  "countersign:createusers": "unless the session denies",
  "countersign:getpolicyvocabulary": "unless the session denies",
  "countersign:getdashboard": "unless the session denies",
  "countersign:listsessions": "unless the session denies",
  "countersign:listsignins": "unless the session denies",
  "countersign:revokeothersessions": "unless the session denies",
  "countersign:revokesession": "unless the session denies",
  "countersign:cancelmfaenrolment": "unless the session denies",
  // the token that was mailed says whose address it is, and it works in his sessions alone
  "countersign:confirmcontactaddress": "unless the session denies",
  // of the account they tell nothing
  "countersign:validatepolicy": "unless the session denies",
});

/** A request as statements look at it. */
export interface Subject {
  readonly request: DecisionRequest;
  /** Lower case. */
  readonly action: string;
  readonly service: string;
  /** Of the resource's ARN; undefined for `*`. */
  readonly fields: ArnFields | undefined;
}

/** Whether a statement speaks about a request. The resource policy's statements are asked about principals apart. */
export type Applies = (statement: CompiledStatement, subject: Subject) => boolean;

/** Decides one action on one resource. An error while deciding is a denial. */
export function authorize(request: DecisionRequest): Verdict {
  return authorizeBy(request, applies);
}

/** The same decision with another reading of statements: what would it be if …? */
export function authorizeBy(request: DecisionRequest, reading: Applies): Verdict {
  try {
    return decide(subjectOf(request), reading);
  } catch (error) {
    return { decision: "implicitDeny", layer: "failed", error };
  }
}

export function subjectOf(request: DecisionRequest): Subject {
  const action = request.action.toLowerCase();
  return { request, action, service: serviceOf(action) ?? "", fields: parseArn(request.resource) };
}

/** The context is asked last, and only where action and resource match. */
export function applies(statement: CompiledStatement, { action, fields, request }: Subject): boolean {
  if (!statement.matchesAction(action) || !statement.matchesResource(fields, request.context)) return false;
  for (const condition of statement.conditions) if (!condition.holds(request.context)) return false;
  return true;
}

/** Contract 9.3, in its order: denials of any layer first, then what must allow. */
function decide(subject: Subject, reading: Applies): Verdict {
  const { layers } = subject.request;
  const free =
    lookUp(FREE, subject.action) ?? (subject.request.own ? "unless the session denies" : undefined);
  if (free !== undefined) {
    const session = { ...UNLIMITED, session: free === "always" ? undefined : layers.session };
    const denied = firstDenial(subject, session, reading);
    return denied === undefined
      ? { decision: "allowed", by: "always" }
      : { decision: "explicitDeny", by: denied };
  }
  const denied = firstDenial(subject, layers, reading);
  if (denied !== undefined) return { decision: "explicitDeny", by: denied };
  return layers.resource === undefined || isOwn(subject)
    ? decideInside(subject, layers, reading)
    : decideAcross(subject, layers, reading);
}

const isOwn = ({ request: { principal, layers } }: Subject): boolean =>
  principal.accountId === layers.resource?.accountId;

/** Within one account a grant to the requester himself is final, and one to his role needs no identity policy. */
function decideInside(subject: Subject, layers: Layers, reading: Applies): Verdict {
  const grant = strongestGrant(subject, layers, reading);
  if (grant === undefined && layers.resource?.kind === "trust") return missing("resource");
  if (grant?.naming === "directly" || grant?.naming === "everyone") return allowed(grant.by);
  const identity = grant?.naming === "role" ? grant.by : firstAllowed(subject, "identity", layers, reading);
  if (identity === undefined) return missing("identity");
  return limited(subject, layers, reading) ?? allowed(identity);
}

/** Across accounts both sides must allow. */
function decideAcross(subject: Subject, layers: Layers, reading: Applies): Verdict {
  if (strongestGrant(subject, layers, reading) === undefined) return missing("resource");
  const identity = firstAllowed(subject, "identity", layers, reading);
  if (identity === undefined) return missing("identity");
  return limited(subject, layers, reading) ?? allowed(identity);
}

/** A boundary and session policies never grant; what they do not allow is denied. A federated user without any has nothing. */
function limited(subject: Subject, layers: Layers, reading: Applies): Verdict | undefined {
  const { boundary, session } = layers;
  if (boundary !== undefined && firstAllowed(subject, "boundary", layers, reading) === undefined)
    return missing("boundary");
  const needsSession = session !== undefined || subject.request.principal.kind === "federated-user";
  if (needsSession && firstAllowed(subject, "session", layers, reading) === undefined)
    return missing("session");
  return undefined;
}

const allowed = (by: DecidedBy): Verdict => ({ decision: "allowed", by });
const missing = (layer: LayerName): Verdict => ({ decision: "implicitDeny", layer });

const UNLIMITED: Layers = { identity: [], boundary: undefined, session: undefined, resource: undefined };

/** In the order in which a denial is named. */
export const LAYERS: readonly LayerName[] = ["identity", "boundary", "session", "resource"];
const NONE: readonly NamedPolicy[] = [];

export function policiesOf(layers: Layers, layer: LayerName): readonly NamedPolicy[] {
  const policies = layers[layer];
  if (policies === undefined) return NONE;
  return "compiled" in policies ? [policies] : policies;
}

function firstDenial(subject: Subject, layers: Layers, reading: Applies): DecidedBy | undefined {
  const { principal } = subject.request;
  for (const layer of LAYERS) {
    for (const policy of policiesOf(layers, layer)) {
      const found = first(
        policy.compiled.denies,
        subject,
        (statement) =>
          reading(statement, subject) && (layer !== "resource" || isDenied(statement.principals, principal)),
      );
      if (found !== undefined) return decidedBy(layer, policy, found);
    }
  }
  return undefined;
}

function firstAllowed(
  subject: Subject,
  layer: Exclude<LayerName, "resource">,
  layers: Layers,
  reading: Applies,
): DecidedBy | undefined {
  for (const policy of policiesOf(layers, layer)) {
    const found = first(policy.compiled.allows, subject, (statement) => reading(statement, subject));
    if (found !== undefined) return decidedBy(layer, policy, found);
  }
  return undefined;
}

interface Grant {
  readonly naming: Naming;
  readonly by: DecidedBy;
}

/** Which of the resource's statements grants most: several may, in several ways. */
function strongestGrant(subject: Subject, layers: Layers, reading: Applies): Grant | undefined {
  const { resource } = layers;
  if (resource === undefined) return undefined;
  for (const naming of NAMINGS) {
    const found = first(
      resource.compiled.allows,
      subject,
      (statement) =>
        grantOf(statement.principals, subject.request.principal) === naming && reading(statement, subject),
    );
    if (found !== undefined) return { naming, by: decidedBy("resource", resource, found) };
  }
  return undefined;
}

const decidedBy = (
  layer: LayerName,
  { name }: NamedPolicy,
  { place, sid }: CompiledStatement,
): DecidedBy => ({
  layer,
  policy: name,
  statement: place,
  sid,
});

/** The first statement of the document's order that `speaks`, among those that the index says may. */
function first(
  index: ActionIndex,
  { action, service }: Subject,
  speaks: (statement: CompiledStatement) => boolean,
): CompiledStatement | undefined {
  let found = firstIn(index.exact.get(action), undefined, speaks);
  found = firstIn(index.services.get(service), found, speaks);
  return firstIn(index.everywhere, found, speaks);
}

function firstIn(
  statements: readonly CompiledStatement[] | undefined,
  found: CompiledStatement | undefined,
  speaks: (statement: CompiledStatement) => boolean,
): CompiledStatement | undefined {
  if (statements === undefined) return found;
  for (const statement of statements) {
    if (found !== undefined && found.place <= statement.place) return found;
    if (speaks(statement)) return statement;
  }
  return found;
}
