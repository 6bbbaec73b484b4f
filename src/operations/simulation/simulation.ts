import type { SimulateCustomPolicyCommandInput } from "@aws-sdk/client-iam";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import type { AccountId } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { parseArn } from "#policy/arn.ts";
import type { Context, RequestPrincipal } from "#policy/request.ts";
import { readContextEntries } from "./context-entries.ts";
import { callerOf, parseEntity, type SimulatedCaller } from "./entities.ts";
import { keysOfPolicies } from "./keys.ts";
import { givenPolicies, givenPolicy, type SimulatedPolicy } from "./policies.ts";

/** The members that both simulations have. */
export type SimulationInput = Omit<SimulateCustomPolicyCommandInput, "PolicyInputList"> & {
  readonly PolicyInputList?: readonly string[] | undefined;
};

/** Everything that a simulation decides with: read and checked. */
export interface Simulation {
  readonly principal: RequestPrincipal;
  readonly identity: readonly SimulatedPolicy[];
  readonly boundary: SimulatedPolicy | undefined;
  readonly resource: (SimulatedPolicy & { readonly accountId: AccountId }) | undefined;
  readonly context: Context;
  /** Keys that the policies ask for and the call did not give, as written. */
  readonly missing: readonly string[];
  readonly actions: readonly string[];
  /** Undefined where the calls are about no resource in particular. */
  readonly resources: readonly string[] | undefined;
}

/** What is known of who is simulated before the input is read. */
export interface SimulatedSource {
  readonly caller: SimulatedCaller;
  /** Whether somebody is named: a resource's policy cannot be asked about nobody. */
  readonly isNamed: boolean;
  readonly identity: readonly SimulatedPolicy[];
  /** Another may be given in its place. */
  readonly boundary: SimulatedPolicy | undefined;
}

/** Our own bounds; AWS's are not known. */
const MOST = 100;
const MOST_STATEMENTS = 2_000;

/** AWS's sentences were recorded in 2026, but for those that say so. */
export function readSimulation(
  source: SimulatedSource,
  input: SimulationInput,
): Outcome<Simulation, ServiceError> {
  const { ActionNames: actions = [], ResourceArns = [] } = input;
  const resources = ResourceArns.every((arn) => arn === "*") ? undefined : ResourceArns;
  const fault = faultOf(actions, ResourceArns);
  if (fault !== undefined) return invalid(fault);
  const entries = readContextEntries(input.ContextEntries);
  if (!entries.ok) return entries;
  const given = givenPolicies("PolicyInputList", input.PolicyInputList);
  if (!given.ok) return given;
  const boundary = readBoundary(source, input);
  if (!boundary.ok) return boundary;
  const caller = readCaller(source, input);
  if (!caller.ok) return caller;
  const resource = readResourcePolicy(caller.value, input, resources);
  if (!resource.ok) return resource;
  const identity = [...source.identity, ...given.value];
  const all = [...identity, boundary.value, resource.value].filter((policy) => policy !== undefined);
  if (all.reduce((sum, { compiled }) => sum + compiled.statements.length, 0) > MOST_STATEMENTS)
    return invalid(`A simulation is of at most ${MOST_STATEMENTS} statements.`);
  const { principal, keys } = caller.value;
  return accept({
    principal,
    identity,
    boundary: boundary.value,
    resource: resource.value,
    context: (name) => entries.value.get(name) ?? keys.get(name),
    missing: keysOfPolicies(all).filter((key) => !entries.value.has(key.toLowerCase())),
    actions,
    resources,
  });
}

const invalid = (sentence: string) => refuse(serviceError("InvalidInput", sentence));

function faultOf(actions: readonly string[], resources: readonly string[]): string | undefined {
  // our own two
  if (actions.length > MOST) return `A simulation is of at most ${MOST} actions.`;
  if (resources.length > MOST) return `A simulation is about at most ${MOST} resources.`;
  if (actions.some((action) => !action.includes(":")))
    return "The action is invalid since it is missing names";
  const bad = resources.find((resource) => resource !== "*" && parseArn(resource) === undefined);
  return bad === undefined ? undefined : `ResourceNames are not in a valid ARN format: ${bad}.`;
}

function readBoundary(source: SimulatedSource, { PermissionsBoundaryPolicyInputList = [] }: SimulationInput) {
  if (PermissionsBoundaryPolicyInputList.length > 1)
    return invalid("The list of Permissions Boundary policies cannot exceed 1 items.");
  const given = givenPolicies("PermissionsBoundaryPolicyInputList", PermissionsBoundaryPolicyInputList);
  return given.ok ? accept(given.value[0] ?? source.boundary) : given;
}

/** As whom the calls are made, where that is not the one whose policies are simulated. */
function readCaller(
  { caller, isNamed }: SimulatedSource,
  { CallerArn, ResourcePolicy }: SimulationInput,
): Outcome<SimulatedCaller, ServiceError> {
  if (CallerArn === undefined)
    return isNamed || ResourcePolicy === undefined
      ? accept(caller)
      : invalid("Invalid caller - Caller cannot be null or empty.");
  if (caller.principal.arn === CallerArn) return accept(caller);
  const entity = parseEntity(CallerArn);
  return entity === undefined
    ? invalid("Invalid caller - Caller must be an IAM user, role or group in this context.")
    : accept(callerOf(entity));
}

const OWNER = /^arn:aws:iam::(\d{12}):\S+$/;

/** A resource's policy, which is asked about resources with an ARN alone; that of a role's trust is none (recorded 2026). */
function readResourcePolicy(
  { principal }: SimulatedCaller,
  { ResourcePolicy, ResourceOwner }: SimulationInput,
  resources: readonly string[] | undefined,
): Outcome<Simulation["resource"], ServiceError> {
  const [, owner] = OWNER.exec(ResourceOwner ?? "") ?? [];
  if (ResourceOwner !== undefined && owner === undefined)
    return invalid(`'${ResourceOwner}' is not a valid as a Resource Owner.`);
  if (ResourcePolicy === undefined) return accept(undefined);
  if (resources === undefined)
    return invalid("Invalid Entity Arn: * does not clearly define entity type and name.");
  const policy = givenPolicy("ResourcePolicy", ResourcePolicy, "resource");
  // made like the sentences for the others
  if (policy === undefined) return invalid("Resource policy has invalid content");
  if (policy.document?.statements.some((statement) => statement.resources?.values.includes("*")))
    return invalid("ResourceNames are not in a valid ARN format: *.");
  // the pattern has seen to the brand
  return accept({ ...policy, accountId: (owner as AccountId | undefined) ?? principal.accountId });
}
