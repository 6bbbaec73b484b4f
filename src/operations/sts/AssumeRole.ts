import type { AssumeRoleCommandInput, AssumeRoleCommandOutput } from "@aws-sdk/client-sts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import type { ActingSession } from "#credentials/acting-session.ts";
import { assumedRoleArn } from "#identity/arns.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { RoleRow } from "#ports/roles.ts";
import type { Transaction } from "#ports/store.ts";
import type { Call, PrincipalCaller } from "../call.ts";
import type { OperationContext, WriteOperation } from "../operation.ts";
import { nowUnproven } from "../unproven.ts";
import { claimedFactor, proveFactor } from "./factor.ts";
import { auditedCredentials, issueCredentials } from "./issue.ts";
import { givenPolicies, isPacked, packedSize } from "./session-policies.ts";
import { sessionTags } from "./session-tags.ts";
import { roleByArn, trustOf } from "./trusting-role.ts";

type Input = AssumeRoleCommandInput;
type Output = Omit<AssumeRoleCommandOutput, "$metadata">;

/** Seconds: the default, and the most for a session that is made with a role's session (contract 2). */
const DEFAULT = 3_600;
const CHAINED_CAP = 3_600;

/**
 * A session of a role of any account, for whom its trust policy names. A role that is not there trusts nobody, so that it looks
 * like one that denies (contract 2.1). A code given in the call is looked at when the policies have allowed, and last of all:
 * what is refused before does not spend it.
 */
export const AssumeRole: WriteOperation<Input, Output, RoleRow | undefined> = {
  kind: "write",
  service: "sts",
  name: "AssumeRole",
  action: "sts:AssumeRole",
  readOnly: true,
  target: roleByArn,
  resources: (_call, { RoleArn = "" }) => [RoleArn],
  alsoActions: furtherActions,
  resourcePolicy: trustOf,
  context: askedOf,

  async run(tx, call, input, role) {
    const { caller } = call;
    if (caller.kind === "operator" || role === undefined) throw new Error("no policy allows this");
    const unproven = await nowUnproven(tx, caller);
    if (unproven !== undefined) return refuse(unproven);
    const seconds = durationOf(caller, input, role);
    if (!seconds.ok) return seconds;
    const acting = await actingSession(tx, caller, input, role);
    if (!acting.ok) return acting;
    const percent = packedSize(acting.value);
    if (!percent.ok) return percent;
    const proof = await proveFactor(tx, call, caller, input);
    if (!proof.ok) return proof;
    return accept(answer(call, caller, role, acting.value, seconds.value, percent.value));
  },

  audit: {
    response: ({ Credentials, ...others }) => ({
      credentials: auditedCredentials(Credentials),
      assumedRoleUser: {
        assumedRoleId: others.AssumedRoleUser?.AssumedRoleId,
        arn: others.AssumedRoleUser?.Arn,
      },
      packedPolicySize: others.PackedPolicySize,
      sourceIdentity: others.SourceIdentity,
    }),
  },
};

/** Tags and source identity have actions of their own, and need them again wherever a session hands them on (recorded). */
function furtherActions({ caller }: Call, { Tags = [], SourceIdentity }: Input): readonly string[] {
  const session = caller.kind === "operator" ? undefined : caller.session;
  const tags = Tags.length > 0 || (session?.transitiveTags.length ?? 0) > 0;
  const source = SourceIdentity ?? session?.sourceIdentity;
  return [...(tags ? ["sts:TagSession"] : []), ...(source === undefined ? [] : ["sts:SetSourceIdentity"])];
}

function askedOf(call: Call, input: Input, role: RoleRow | undefined): OperationContext {
  const { ExternalId, RoleSessionName, SourceIdentity, TransitiveTagKeys, DurationSeconds = DEFAULT } = input;
  return {
    requestTags: input.Tags?.map(({ Key, Value }) => ({ Key, Value })),
    resourceTags: role?.tags,
    mfa: claimedFactor(call, input),
    keys: {
      "sts:externalid": ExternalId,
      "sts:rolesessionname": RoleSessionName,
      "sts:sourceidentity": SourceIdentity,
      "sts:transitivetagkeys": TransitiveTagKeys,
      "sts:durationseconds": String(DurationSeconds),
    },
  };
}

function durationOf(
  caller: PrincipalCaller,
  { DurationSeconds = DEFAULT }: Input,
  role: RoleRow,
): Outcome<number, ServiceError> {
  if (caller.kind === "role-session" && DurationSeconds > CHAINED_CAP) return refuse(tooLong(CHAINED));
  if (DurationSeconds > role.maxSessionSeconds) return refuse(tooLong(OVER_MAXIMUM));
  return accept(DurationSeconds);
}

const tooLong = (sentence: string): ServiceError => serviceError("ValidationError", sentence);
/** Contract 2.1, 11. */
const OVER_MAXIMUM = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
const CHAINED =
  "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";

/** What the session will carry, or why it cannot. */
async function actingSession(
  tx: Transaction,
  { accountId, principalId, session }: PrincipalCaller,
  input: Input,
  role: RoleRow,
): Promise<Outcome<ActingSession, ServiceError>> {
  const { sourceIdentity: inherited, transitiveTags = [] } = session ?? {};
  const { SourceIdentity = inherited, RoleSessionName = "" } = input;
  if (inherited !== undefined && SourceIdentity !== inherited) return refuse(sourceIsSet());
  const tags = sessionTags(transitiveTags, input);
  if (!tags.ok) return tags;
  const policies = await givenPolicies(tx, role.accountId, input);
  if (!policies.ok) return policies;
  return accept({
    madeBy: "AssumeRole",
    name: RoleSessionName,
    origin: session?.origin ?? { accountId, principalId },
    sourceIdentity: SourceIdentity,
    policies: policies.value,
    ...tags.value,
  });
}

/** Recorded. */
const sourceIsSet = (): ServiceError =>
  serviceError("ValidationError", "The source identity is already set for this assume role session");

function answer(
  call: Call,
  caller: PrincipalCaller,
  { accountId, roleId, roleName }: RoleRow,
  acting: ActingSession,
  seconds: number,
  percent: number,
): Output {
  // the proof was for the trust policy: a role's session carries none (contract 2.2)
  const session = { accountId, principalId: roleId, seconds, mfa: undefined, acting };
  return {
    Credentials: issueCredentials(call, caller, session),
    AssumedRoleUser: {
      AssumedRoleId: `${roleId}:${acting.name}`,
      Arn: assumedRoleArn(accountId, roleName, acting.name),
    },
    ...(isPacked(acting) ? { PackedPolicySize: percent } : {}),
    ...(acting.sourceIdentity === undefined ? {} : { SourceIdentity: acting.sourceIdentity }),
  };
}
