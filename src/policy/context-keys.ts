import { splitFields } from "./arn.ts";
import { parseOperator } from "./conditions/operators.ts";
import type { Condition, PolicyDocument, Statement } from "./document/document.ts";
import { keysIn } from "./variables.ts";

/**
 * The context keys that documents ask for, in conditions and in variables, for GetContextKeysFor…: as first written, once
 * without regard to letter case.
 */
export function contextKeys(documents: readonly PolicyDocument[]): readonly string[] {
  const keys = documents.flatMap(({ version, statements }) =>
    statements.flatMap((statement) => keysOf(statement, version === "2012-10-17")),
  );
  const first = new Map<string, string>();
  for (const key of keys) if (!first.has(key.toLowerCase())) first.set(key.toLowerCase(), key);
  return [...first.values()];
}

function keysOf({ resources, conditions }: Statement, variables: boolean): readonly string[] {
  const inResources = (resources?.values ?? []).flatMap((text) => keysIn(splitFields(text)[5] ?? ""));
  const inConditions = conditions.flatMap((condition) => [
    condition.key,
    ...(variables && fillsIn(condition) ? condition.values.flatMap(keysIn) : []),
  ]);
  return [...(variables ? inResources : []), ...inConditions];
}

function fillsIn({ operator }: Condition): boolean {
  const row = parseOperator(operator)?.row;
  return row?.kind === "comparing" && row.variables;
}
