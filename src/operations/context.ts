import { isoSeconds, SECOND } from "#base/clock.ts";
import { lookUp, type Table, table } from "#base/table.ts";
import { MFA_FACTS, type MfaFacts, type MfaProof } from "#mfa/proof.ts";
import type { Context, ContextValue } from "#policy/request.ts";
import { type Call, type Caller, provedMfa } from "./call.ts";
import type { ContextTag, OperationContext } from "./operation.ts";

/** A call as context keys see it. */
interface Scene {
  readonly call: Call;
  /** Of the operation and its input; made when the first of its keys is asked for. */
  readonly own: () => OperationContext;
}

type Key = (scene: Scene) => ContextValue | undefined;

const flag = (value: boolean): string => (value ? "true" : "false");

/**
 * The keys of every call, by lower-case name (contract 2.2, 9.3, DESIGN 8). What is undefined is absent, which is not false.
 */
const KEYS: Table<Key> = table<Key, string>({
  "aws:currenttime": ({ call }) => isoSeconds(call.now),
  "aws:epochtime": ({ call }) => String(Math.floor(call.now / SECOND)),
  "aws:securetransport": ({ call }) => flag(call.secureTransport),
  "aws:sourceip": ({ call }) => (call.caller.kind === "operator" ? undefined : call.sourceIp),
  "aws:useragent": ({ call }) => call.userAgent,
  "aws:requestedregion": ({ call }) => call.region,
  "aws:viaawsservice": () => "false",
  "aws:principalisawsservice": () => "false",
  "aws:principalarn": ({ call: { caller } }) => session(caller)?.roleArn ?? caller.arn,
  "aws:principalaccount": ({ call }) => call.caller.accountId,
  "aws:principaltype": ({ call }) => PRINCIPAL_TYPES[call.caller.kind],
  "aws:userid": ({ call }) => userId(call.caller),
  "aws:username": ({ call: { caller } }) => (caller.kind === "operator" ? undefined : caller.userName),
  "aws:sourceidentity": ({ call }) => session(call.caller)?.sourceIdentity,
  "aws:tokenissuetime": ({ call }) => temporary(call.caller, ({ issuedAt }) => isoSeconds(issuedAt)),
  "aws:multifactorauthpresent": (scene) => ofMfa(scene, (proof) => flag(proof !== undefined)),
  "aws:multifactorauthage": (scene) => ofMfa(scene, (proof) => proof && age(scene, proof)),
  "countersign:multifactorauthmethod": (scene) => ofMfa(scene, (proof) => proof?.method ?? "none"),
  "countersign:phishingresistant": (scene) => ofFacts(scene, (facts) => facts.phishingResistant),
  "countersign:devicebound": (scene) => ofFacts(scene, (facts) => facts.deviceBound),
  "countersign:userverified": (scene) => ofFacts(scene, (facts) => facts.userVerified),
  "aws:tagkeys": ({ own }) => tagKeys(own().requestTags),
});

/** Keys that name a tag after their last `/`. */
const TAGS: Table<(scene: Scene) => readonly ContextTag[] | undefined> = table<
  (scene: Scene) => readonly ContextTag[] | undefined,
  string
>({
  "aws:principaltag/": ({ call: { caller } }) => (caller.kind === "operator" ? undefined : caller.tags),
  "aws:requesttag/": ({ own }) => own().requestTags,
  "aws:resourcetag/": ({ own }) => own().resourceTags,
  "iam:resourcetag/": ({ own }) => own().resourceTags,
});

/** The lower-case names of the keys of every call; those of tags end in `/`. */
export const CONTEXT_KEYS: readonly string[] = [...Object.keys(KEYS), ...Object.keys(TAGS)];

const PRINCIPAL_TYPES: Readonly<Record<Caller["kind"], string>> = {
  root: "Account",
  user: "User",
  "role-session": "AssumedRole",
  "federated-user": "FederatedUser",
  operator: "Operator",
};

/** The context of a call, which computes a key when a statement asks for it. */
export function contextOf(call: Call, own: () => OperationContext): Context {
  const scene = { call, own: once(own) };
  const ownKeys = once(() => table(scene.own().keys ?? {}));
  return (name) => {
    const key = lookUp(KEYS, name);
    if (key !== undefined) return key(scene);
    const slash = name.indexOf("/") + 1;
    const tags = slash > 0 ? lookUp(TAGS, name.slice(0, slash)) : undefined;
    if (tags !== undefined) return tagValue(tags(scene), name.slice(slash));
    return lookUp(ownKeys(), name);
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Recorded: where a list of tags is empty the key is absent, not an empty set. */
const tagKeys = (tags: readonly ContextTag[] = []): readonly string[] | undefined =>
  tags.length === 0 ? undefined : tags.map(({ Key = "" }) => Key);

/** Tag keys are compared without regard to case, as names of context keys are. Recorded: of a key given twice the last counts. */
function tagValue(tags: readonly ContextTag[] | undefined, key: string): string | undefined {
  return tags?.findLast((tag) => tag.Key?.toLowerCase() === key)?.Value;
}

const session = (caller: Caller) => (caller.kind === "operator" ? undefined : caller.session);

/** As GetCallerIdentity shows it (contract 2). */
export function userId(caller: Caller): string {
  if (caller.kind === "operator") return caller.kind;
  const { kind, accountId, principalId } = caller;
  if (kind === "role-session") return `${principalId}:${caller.session?.name}`;
  return kind === "federated-user" ? `${accountId}:${caller.session?.name}` : principalId;
}

type TemporaryCredential = Extract<
  Exclude<Caller, { kind: "operator" }>["credential"],
  { type: "session-token" }
>;

function temporary<T>(caller: Caller, of: (credential: TemporaryCredential) => T): T | undefined {
  if (caller.kind === "operator" || caller.credential.type === "long-term") return undefined;
  return of(caller.credential);
}

/**
 * MFA keys are absent for long-term credentials and present for all temporary ones, true or false (contract 2.2). A code given
 * in the call itself counts as a proof of this moment.
 */
function ofMfa<T>({ call, own }: Scene, of: (proof: MfaProof | undefined) => T): T | undefined {
  const given = own().mfa;
  return given === undefined ? temporary(call.caller, () => of(provedMfa(call.caller))) : of(given);
}

const ofFacts = (scene: Scene, of: (facts: MfaFacts) => boolean): string | undefined =>
  ofMfa(scene, (proof) => flag(of(MFA_FACTS[proof?.method ?? "none"])));

/** Whole seconds. */
const age = ({ call }: Scene, { at }: MfaProof): string =>
  String(Math.max(0, Math.floor((call.now - at) / SECOND)));
