import { splitFields } from "./arn.ts";
import { parseOperator } from "./conditions/operators.ts";
import type { Condition, PolicyDocument, Statement } from "./document/document.ts";
import { keysIn, namesIn } from "./variables.ts";

/**
 * What AWS's GetContextKeysFor… tell, recorded in September 2026: each spelling once in each document, special characters among
 * them, and variables also where the operator fills in none.
 */
export const reportedKeys = (documents: readonly PolicyDocument[]): readonly string[] =>
  documents.flatMap(({ version, statements }) => [
    ...new Set(statements.flatMap((statement) => reportedOf(statement, version === "2012-10-17"))),
  ]);

function reportedOf({ resources, conditions }: Statement, variables: boolean): readonly string[] {
  const names = (text: string | undefined) => (variables ? namesIn(text ?? "") : []);
  return [
    ...(resources?.values ?? []).flatMap((text) => names(splitFields(text)[5])),
    ...conditions.flatMap(({ key, values }) => [key, ...values.flatMap(names)]),
  ];
}

/** The context keys that documents ask for, in conditions and in variables: as first written, once without regard to letter case. */
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
