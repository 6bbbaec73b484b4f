import { setImmediate } from "node:timers/promises";
import type {
  EvaluationResult,
  PolicyEvaluationDecisionType,
  ResourceSpecificResult,
  Statement,
} from "@aws-sdk/client-iam";
import { isDeniedForMfa } from "#policy/explain.ts";
import type { DecisionRequest } from "#policy/request.ts";
import { authorizeAndTell, type Spoken } from "#policy/spoken.ts";
import { type SimulatedLayer, type SimulatedPolicy, SOURCE_TYPES, shownStatements } from "./policies.ts";
import { resultName } from "./resource-names.ts";
import type { Simulation } from "./simulation.ts";

type Decision = PolicyEvaluationDecisionType;

/** A policy in its layer, with its statements as answers name them. */
interface Source {
  readonly layer: SimulatedLayer;
  readonly statements: readonly Statement[];
}

/** One action on one resource, decided. */
interface Outcome {
  readonly resource: string;
  readonly decision: Decision;
  readonly matched: readonly Statement[];
  readonly missing: readonly string[];
  readonly boundaryAllows: boolean | undefined;
  /** What each kind of policy says by itself, for a call from another account. */
  readonly details: Readonly<Record<string, Decision>> | undefined;
  readonly isForMfa: boolean;
}

/** An action's result, and whether it is denied for want of a second factor for some resource. */
export interface Evaluated {
  readonly result: EvaluationResult;
  readonly isForMfa: boolean;
}

/** The results of a simulation, by action. Ten thousand decisions may be asked for: other calls run between one and the next. */
export function evaluator(simulation: Simulation): (action: string) => Promise<Evaluated> {
  const sources = sourcesOf(simulation);
  return async (action) => {
    const outcomes: Outcome[] = [];
    for (const resource of simulation.resources ?? ["*"]) {
      outcomes.push(decide(simulation, sources, action, resource));
      await setImmediate();
    }
    const isForMfa = outcomes.some((outcome) => outcome.isForMfa);
    return { result: resultOf(simulation, action, outcomes), isForMfa };
  };
}

/** In the order of the layers, as what was spoken has them. */
function sourcesOf({ identity, boundary, resource }: Simulation): readonly Source[] {
  const source =
    (layer: SimulatedLayer) =>
    (policy: SimulatedPolicy): Source => ({ layer, statements: shownStatements(layer, policy) });
  return [
    ...identity.map(source("identity")),
    ...(boundary === undefined ? [] : [boundary]).map(source("boundary")),
    ...(resource === undefined ? [] : [resource]).map(source("resource")),
  ];
}

function decide(
  simulation: Simulation,
  sources: readonly Source[],
  action: string,
  resource: string,
): Outcome {
  const request = requestOf(simulation, action, resource);
  const spoken = authorizeAndTell(request);
  const { decision } = spoken.verdict;
  const says = (layer: SimulatedLayer) => decisionOf(spoken, layer);
  return {
    resource,
    decision,
    matched: matchedBy(spoken, sources),
    missing: decision === "implicitDeny" ? simulation.missing : [],
    boundaryAllows: simulation.boundary && says("boundary") === "allowed",
    details: isCrossAccount(simulation)
      ? {
          [SOURCE_TYPES.identity]: says("identity"),
          [SOURCE_TYPES.resource]: says("resource"),
          ...(simulation.boundary && { [SOURCE_TYPES.boundary]: says("boundary") }),
        }
      : undefined,
    isForMfa: decision !== "allowed" && isDeniedForMfa(request),
  };
}

const requestOf = (
  { principal, identity, boundary, resource, context }: Simulation,
  action: string,
  about: string,
): DecisionRequest => ({
  principal,
  action,
  resource: about,
  layers: { identity, boundary, session: undefined, resource: resource && { ...resource, kind: "resource" } },
  context,
});

const isCrossAccount = ({ principal, resource }: Simulation): boolean =>
  resource !== undefined && resource.accountId !== principal.accountId;

/** All that brought the decision about: what denies where it is denied, what grants where it is allowed (recorded 2026). */
function matchedBy({ verdict, policies }: Spoken, sources: readonly Source[]): readonly Statement[] {
  if (verdict.decision === "implicitDeny") return [];
  const effect = verdict.decision === "allowed" ? "Allow" : "Deny";
  return policies.flatMap(({ layer, statements }, at) => {
    if (effect === "Allow" && layer === "boundary") return [];
    const decisive = statements.filter((statement) => statement.effect === effect);
    return decisive.flatMap(({ place }) => sources[at]?.statements[place] ?? []);
  });
}

function decisionOf({ policies }: Spoken, layer: SimulatedLayer): Decision {
  const spoken = policies.filter((policy) => policy.layer === layer);
  const has = (effect: "Allow" | "Deny") =>
    spoken.some(({ statements }) => statements.some((statement) => statement.effect === effect));
  if (has("Deny")) return "explicitDeny";
  return has("Allow") ? "allowed" : "implicitDeny";
}

/** The decision over all resources is the strictest of them. */
const STRICTEST_FIRST: readonly Decision[] = ["explicitDeny", "implicitDeny", "allowed"];

const strictest = (decisions: readonly Decision[]): Decision =>
  STRICTEST_FIRST.find((decision) => decisions.includes(decision)) ?? "implicitDeny";

function resultOf(simulation: Simulation, action: string, outcomes: readonly Outcome[]): EvaluationResult {
  const { resources, boundary } = simulation;
  const decision = strictest(outcomes.map((outcome) => outcome.decision));
  return {
    EvalActionName: action,
    EvalResourceName: resultName(action, resources),
    EvalDecision: decision,
    // recorded: of every resource, whatever is decided over all of them
    MatchedStatements: distinct(outcomes.flatMap(({ matched }) => matched)),
    MissingContextValues: distinct(outcomes.flatMap(({ missing }) => missing)),
    PermissionsBoundaryDecisionDetail: boundary && {
      AllowedByPermissionsBoundary: outcomes.every(({ boundaryAllows }) => boundaryAllows),
    },
    EvalDecisionDetails: resources && strictestDetails(outcomes),
    ResourceSpecificResults: resources && outcomes.map(resourceResult),
  };
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

function strictestDetails(outcomes: readonly Outcome[]): Record<string, Decision> {
  const names = Object.keys(outcomes[0]?.details ?? {});
  return Object.fromEntries(
    names.map((name) => [name, strictest(outcomes.flatMap(({ details }) => details?.[name] ?? []))]),
  );
}

/** Empty lists are left out here, and not above (recorded 2026). */
const resourceResult = ({
  resource,
  decision,
  matched,
  missing,
  boundaryAllows,
  details,
}: Outcome): ResourceSpecificResult => ({
  EvalResourceName: resource,
  EvalResourceDecision: decision,
  MatchedStatements: matched.length === 0 ? undefined : [...matched],
  MissingContextValues: missing.length === 0 ? undefined : [...missing],
  EvalDecisionDetails: details && { ...details },
  PermissionsBoundaryDecisionDetail:
    boundaryAllows === undefined ? undefined : { AllowedByPermissionsBoundary: boundaryAllows },
});
