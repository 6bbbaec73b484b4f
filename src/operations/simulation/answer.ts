import type { EvaluationResult, SimulatePolicyResponse } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { Call } from "../call.ts";
import type { Result } from "../operation.ts";
import { type PageInput, pageOfRows } from "../paging.ts";
import { evaluator } from "./evaluate.ts";
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
  const EvaluationResults = await evaluateSome(simulation, wanted.value.rows);
  if (EvaluationResults === undefined) return refuse(serviceError("InvalidInput", TOO_MUCH));
  const isWhole = EvaluationResults.length === wanted.value.rows.length;
  const page = isWhole ? wanted : await pageOf(EvaluationResults.length);
  if (!page.ok) return page;
  const { IsTruncated, Marker } = page.value;
  return accept({ EvaluationResults, IsTruncated, Marker });
}

/** Our own. */
const TOO_MUCH = "Too many statements match. Simulate fewer resources at a time.";

/** As many as one answer can hold; undefined where the first is too much for it. */
async function evaluateSome(
  simulation: Simulation,
  actions: readonly string[],
): Promise<EvaluationResult[] | undefined> {
  const evaluate = evaluator(simulation);
  const results: EvaluationResult[] = [];
  let left = MOST_PARTS;
  for (const action of actions) {
    const result = await evaluate(action);
    left -= partsOf(result);
    if (left < 0) return results.length === 0 ? undefined : results;
    results.push(result);
  }
  return results;
}

function partsOf({ MatchedStatements = [], ResourceSpecificResults = [] }: EvaluationResult): number {
  const statements = ResourceSpecificResults.map((result) => result.MatchedStatements?.length ?? 0);
  return statements.reduce(
    (sum, count) => sum + count,
    MatchedStatements.length + ResourceSpecificResults.length,
  );
}
