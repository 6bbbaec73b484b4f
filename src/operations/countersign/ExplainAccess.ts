import { isoSeconds, SECOND } from "#base/clock.ts";
import { accept } from "#base/outcome.ts";
import { isMfaMethod, MFA_FACTS } from "#mfa/proof.ts";
import type { CountersignOperations, StatementSaid } from "#model/countersign/types.ts";
import { explain, type PolicyExplanation } from "#policy/explain.ts";
import type { ContextValue, Verdict } from "#policy/request.ts";
import type { Call } from "../call.ts";
import type { Holder } from "../holders.ts";
import type { ReadOperation } from "../operation.ts";
import { callerOf } from "../simulation/entities.ts";
import { knownPrincipal, principalResource, principalTarget } from "../simulation/principal.ts";
import { loadSources, type PolicySource, policyOf } from "../simulation/sources.ts";

type Shape = CountersignOperations["ExplainAccess"];
type Input = Shape["input"];

/** What would be decided, and what each statement had to do with it. It tells no more than the simulator, and is allowed as it is. */
export const ExplainAccess: ReadOperation<Input, Shape["output"], Holder | undefined> = {
  kind: "read",
  service: "countersign",
  name: "ExplainAccess",
  action: "iam:SimulatePrincipalPolicy",
  readOnly: true,
  target: (store, call, input) => principalTarget(store, call, sourceOf(input)),
  resources: (call, input, target) => principalResource(call, sourceOf(input), target),
  async run(store, call, input, target) {
    const known = knownPrincipal(call, sourceOf(input), target);
    if (!known.ok) return known;
    const { kind, name, accountId, arn, tags } = known.value;
    const sources = await loadSources(store, known.value);
    const caller = callerOf({ arn, accountId, kind, name }, tags);
    const given = contextOf(call, input);
    const { boundary } = sources;
    const { verdict, policies, absentKeys } = explain({
      principal: caller.principal,
      action: input.Action,
      resource: input.Resource ?? "*",
      layers: {
        identity: sources.identity.map(policyOf),
        boundary: boundary && policyOf(boundary),
        session: undefined,
        resource: undefined,
      },
      context: (key) => given.get(key) ?? caller.keys.get(key),
    });
    const all = [...sources.identity, ...(boundary === undefined ? [] : [boundary])];
    return accept({
      Decision: verdict.decision,
      // the policies are explained in the order in which they were given
      Statements: policies.flatMap((policy, at) => statementsOf(policy, all[at], verdict)),
      AbsentKeys: absentKeys,
    });
  },
};

const sourceOf = ({ PrincipalArn }: Input) => ({ PolicySourceArn: PrincipalArn });

/** The keys of a call made now, over TLS, with the second factor that is asked about; what is given besides wins. */
function contextOf({ now }: Call, { Mfa, Context = [] }: Input): ReadonlyMap<string, ContextValue> {
  return new Map<string, ContextValue>([
    ["aws:currenttime", isoSeconds(now)],
    ["aws:epochtime", String(Math.floor(now / SECOND))],
    ["aws:securetransport", "true"],
    ["aws:requestedregion", "us-east-1"],
    ...mfaKeys(Mfa),
    ...Context.map(
      ({ Key, Values }) => [Key.toLowerCase(), Values.length === 1 ? (Values[0] ?? "") : Values] as const,
    ),
  ]);
}

function mfaKeys({ State, AgeSeconds = 0, Method }: Input["Mfa"]): readonly (readonly [string, string])[] {
  if (State === "absent") return [];
  const method = State === "true" && isMfaMethod(Method) ? Method : State === "true" ? "virtual" : "none";
  const { phishingResistant, deviceBound, userVerified } = MFA_FACTS[method];
  return [
    ["aws:multifactorauthpresent", State],
    ...(State === "true" ? ([["aws:multifactorauthage", String(AgeSeconds)]] as const) : []),
    ["countersign:multifactorauthmethod", method],
    ["countersign:phishingresistant", String(phishingResistant)],
    ["countersign:devicebound", String(deviceBound)],
    ["countersign:userverified", String(userVerified)],
  ];
}

function statementsOf(
  { layer, policy, statements }: PolicyExplanation,
  source: PolicySource | undefined,
  verdict: Verdict,
): readonly StatementSaid[] {
  const by = "by" in verdict && verdict.by !== "always" ? verdict.by : undefined;
  return statements.map(({ statement, sid, effect, keptOutBy, conditions }) => ({
    Policy: source?.kind === "managed" ? source.arn : (source?.policyName ?? policy),
    Kind: layer === "boundary" ? "boundary" : (source?.kind ?? "managed"),
    ...(source?.kind === "inline" ? { Holder: `${source.holderKind}/${source.holderName}` } : {}),
    Index: statement,
    Sid: sid,
    Effect: effect,
    Speaks: keptOutBy === "nothing",
    Decided: by?.layer === layer && by.policy === policy && by.statement === statement,
    KeptOutBy: keptOutBy === "nothing" ? undefined : keptOutBy,
    Conditions: conditions.map(({ operator, key, wanted, seen, holds }) => ({
      Operator: operator,
      Key: key,
      Wanted: wanted,
      Seen: seen === undefined ? undefined : typeof seen === "string" ? [seen] : seen,
      Holds: holds,
    })),
  }));
}
