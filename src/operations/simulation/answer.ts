import type { SimulatePolicyResponse } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { Call } from "../call.ts";
import type { Result } from "../operation.ts";
import { type PageInput, pageOfRows } from "../paging.ts";
import { type Evaluated, evaluator } from "./evaluate.ts";
import type { Simulation } from "./simulation.ts";

/** Results by resource and statements in one answer: some five megabytes of XML, and a fifth of a second to write it. */
const MOST_PARTS = 20_000;

/**
 * One page of a simulation: its items are the actions, and a marker holds for whatever input comes with it (recorded 2026). As
 * AWS's page says, there may be fewer than were asked for.
 */
export async function answerSimulation(
  call: Call,
  operation: string,
  input: PageInput,
  simulation: Simulation,
): Promise<Result<SimulatePolicyResponse>> {
  const pageOf = (MaxItems: number | undefined) =>
    pageOfRows(call, operation, [], { ...input, MaxItems }, simulation.actions);
  const wanted = await pageOf(input.MaxItems);
  // a page is refused for its marker alone
  if (!wanted.ok) return refuse(serviceError("InvalidInput", "Invalid marker for pagination."));
  const evaluated = await evaluateSome(simulation, wanted.value.rows);
  if (evaluated === undefined) return refuse(serviceError("InvalidInput", TOO_MUCH));
  const isWhole = evaluated.length === wanted.value.rows.length;
  const page = isWhole ? wanted : await pageOf(evaluated.length);
  if (!page.ok) return page;
  const { IsTruncated, Marker } = page.value;
  const EvaluationResults = evaluated.map(({ result }) => result);
  const hint = hintOf(simulation, evaluated);
  return {
    ...accept({ EvaluationResults, IsTruncated, Marker }),
    ...(hint === undefined ? {} : { headers: { "x-countersign-hint": hint } }),
  };
}

/** AWS's answer has no place for words: beside it stands, as beside a denial, that a second factor is all that is missing. */
function hintOf({ principal }: Simulation, evaluated: readonly Evaluated[]): string | undefined {
  const count = evaluated.filter(({ isForMfa }) => isForMfa).length;
  if (count === 0) return undefined;
  const missed = `denied for want of a second factor: ${count} of ${evaluated.length} actions`;
  return principal.kind === "role-session"
    ? `${missed}; role sessions never carry one: put the condition in the role's trust policy`
    : `${missed}; to ask with one, give aws:MultiFactorAuthPresent and aws:MultiFactorAuthAge as context entries`;
}

/** Our own. */
const TOO_MUCH = "Too many statements match. Simulate fewer resources at a time.";

/** As many as one answer can hold; undefined where the first is too much for it. */
async function evaluateSome(
  simulation: Simulation,
  actions: readonly string[],
): Promise<Evaluated[] | undefined> {
  const evaluate = evaluator(simulation);
  const all: Evaluated[] = [];
  let left = MOST_PARTS;
  for (const action of actions) {
    const evaluated = await evaluate(action);
    left -= partsOf(evaluated);
    if (left < 0) return all.length === 0 ? undefined : all;
    all.push(evaluated);
  }
  return all;
}

function partsOf({ result: { MatchedStatements = [], ResourceSpecificResults = [] } }: Evaluated): number {
  const statements = ResourceSpecificResults.map((result) => result.MatchedStatements?.length ?? 0);
  return statements.reduce(
    (sum, count) => sum + count,
    MatchedStatements.length + ResourceSpecificResults.length,
  );
}
