import { randomUUID } from "node:crypto";
import { type DecisionContext, type EventFacts, type EventRow, renderEvent } from "#audit/event.ts";
import { type SessionIssuer, sessionContext, type UserIdentity } from "#audit/identity.ts";
import { type AccountId, isRootOf } from "#identity/ids.ts";
import type { ServiceError } from "#model/service-error.ts";
import { SERVICES } from "#model/services.ts";
import type { DecidedBy } from "#policy/request.ts";
import { type Call, type Caller, type PrincipalCaller, provedMfa } from "./call.ts";
import { userId } from "./context.ts";
import type { Decided } from "./decide.ts";
import type { AnyOperation } from "./operation.ts";

/** How a call ended, for its event. */
export interface Ending {
  /** Undefined where the call was refused before its input could be read. */
  readonly input?: object;
  readonly output?: object;
  readonly error?: ServiceError;
  readonly decided?: Decided;
  /** Where two accounts have an event of the one call. */
  readonly sharedEventId?: string | undefined;
}

/** The event of a call by a known caller (DESIGN 3.6). */
export const eventOf = (call: Call, operation: AnyOperation, ending: Ending): EventRow =>
  renderEvent(factsOf(call, operation, ending));

/** The same call's event in the account that it reached into: of the caller no more than who he is (contract 5.4). */
export function eventForOther(
  call: Call,
  operation: AnyOperation,
  ending: Ending,
  accountId: AccountId,
): EventRow {
  const { caller } = call;
  const identity = { type: "AWSAccount", principalId: userId(caller), accountId: caller.accountId } as const;
  const decision = decisionContext(call, operation, ending, "resource");
  return renderEvent({ ...factsOf(call, operation, ending), accountId, identity, decision });
}

function factsOf(call: Call, operation: AnyOperation, ending: Ending): EventFacts {
  const denied = ending.decided?.denial !== undefined;
  return {
    eventId: randomUUID(),
    requestId: call.requestId,
    time: call.now,
    accountId: call.caller.accountId,
    identity: identityOf(call.caller),
    eventSource: SERVICES[operation.service].eventSource,
    eventName: operation.name,
    region: call.region,
    sourceIp: call.sourceIp,
    userAgent: call.userAgent,
    readOnly: operation.readOnly,
    requestParameters:
      ending.input === undefined || denied ? null : requestParameters(operation, ending.input),
    responseElements:
      ending.output === undefined ? null : (operation.audit?.response?.(ending.output) ?? null),
    error: ending.error && { code: ending.error.exceptionName, message: ending.error.message },
    sharedEventId: ending.sharedEventId,
    decision: decisionContext(call, operation, ending, "caller"),
  };
}

/** Members in lower camel case, as CloudTrail has them; null where there are none. */
function requestParameters(operation: AnyOperation, input: object): object | null {
  const shown = operation.audit?.request ? operation.audit.request(input) : input;
  const entries = Object.entries(shown ?? {}).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return null;
  return Object.fromEntries(entries.map(([name, value]) => [lowerFirst(name), lowerMembers(value)]));
}

const lowerFirst = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

function lowerMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerMembers);
  if (typeof value !== "object" || value === null || value instanceof Date || value instanceof Uint8Array)
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [lowerFirst(name), lowerMembers(inner)]),
  );
}

const IDENTITY_TYPES = {
  root: "Root",
  user: "IAMUser",
  "role-session": "AssumedRole",
  "federated-user": "FederatedUser",
} as const satisfies Record<PrincipalCaller["kind"], UserIdentity["type"]>;

/** Contract 5.4. */
export function identityOf(caller: Caller): UserIdentity {
  if (caller.kind === "operator") return { type: "Operator", arn: caller.arn, accountId: caller.accountId };
  const { credential } = caller;
  return {
    type: IDENTITY_TYPES[caller.kind],
    principalId: userId(caller),
    arn: caller.arn,
    accountId: caller.accountId,
    accessKeyId: credential.accessKeyId,
    ...(caller.userName === undefined ? {} : { userName: caller.userName }),
    ...(credential.type === "session-token"
      ? {
          sessionContext: sessionContext(credential.issuedAt, credential.mfa !== undefined, issuerOf(caller)),
        }
      : {}),
  };
}

function issuerOf({ kind, accountId, principalId, session }: PrincipalCaller): SessionIssuer | undefined {
  if (kind === "federated-user") {
    const type = isRootOf(principalId, accountId) ? "Root" : "IAMUser";
    return { issuer: { type, principalId, accountId } };
  }
  if (session?.roleArn === undefined) return undefined;
  const { roleArn, sourceIdentity } = session;
  const userName = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  return { issuer: { type: "Role", principalId, arn: roleArn, accountId, userName }, sourceIdentity };
}

/** Across accounts neither side is shown the other's statements, nor which keys they ask. */
function decisionContext(
  call: Call,
  operation: AnyOperation,
  { decided, error }: Ending,
  side: "caller" | "resource",
): DecisionContext {
  const by = decided && decidedBy(decided, side);
  const asked = decided?.otherAccount === undefined ? (decided?.asked ?? NO_KEYS) : NO_KEYS;
  return {
    action: decided?.denial?.request.action ?? operation.action,
    ...(decided === undefined ? {} : { resources: decided.resources, verdict: decided.verdict.decision }),
    ...(by === undefined ? {} : { by }),
    ...(side === "caller" ? mfaState(call) : {}),
    ...(asked.size === 0 ? {} : { asked: askedKeys(asked) }),
    ...(typeof error?.cause === "string" ? { reason: error.cause } : {}),
  };
}

const NO_KEYS: Decided["asked"] = new Map();

/** The statement that decided, e.g. `identity: arn:aws:iam::aws:policy/AdministratorAccess #0`. */
function decidedBy({ verdict, otherAccount }: Decided, side: "caller" | "resource"): string | undefined {
  if (verdict.decision === "implicitDeny") return verdict.layer;
  if (verdict.by === "always") return "always allowed";
  const isOfSide = (verdict.by.layer === "resource") === (side === "resource");
  return otherAccount === undefined || isOfSide ? statementName(verdict.by) : verdict.by.layer;
}

const statementName = ({ layer, policy, statement, sid }: DecidedBy): string =>
  `${layer}: ${policy} #${sid ?? statement}`;

/** Null stands for a key that was asked for and absent. */
const askedKeys = (asked: Decided["asked"]): NonNullable<DecisionContext["asked"]> =>
  Object.fromEntries([...asked].map(([key, value]) => [key, value ?? null]));

/** Absent for long-term keys, false or true for temporary ones (contract 2.2). */
function mfaState(call: Call): DecisionContext {
  const { caller } = call;
  if (caller.kind === "operator") return { credential: "operator" };
  const { type } = caller.credential;
  const mfa = provedMfa(caller);
  if (mfa === undefined) return { credential: type, mfa: type === "long-term" ? "absent" : "false" };
  return {
    credential: type,
    mfa: "true",
    mfaMethod: mfa.method,
    mfaSerial: mfa.serialNumber,
    mfaAgeSeconds: Math.floor((call.now - mfa.at) / 1000),
  };
}
