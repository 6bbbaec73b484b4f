import type { Compilable, CompiledQuery, Kysely } from "kysely";

/**
 * A query that runs at nearly every call: its text is made at the first run, and later ones bind their own values to it. The
 * values stand in the query in the order of the arguments, each once; a query built otherwise is a bug, and throws.
 */
export function compiledOnce<Args extends readonly unknown[], Row>(
  db: Pick<Kysely<never>, "executeQuery">,
  build: (...values: Args) => Compilable<Row>,
): (...values: Args) => Promise<readonly Row[]> {
  let compiled: CompiledQuery<Row> | undefined;
  return async (...values) => {
    compiled ??= inOrder(build(...values).compile(), values);
    return (await db.executeQuery<Row>({ ...compiled, parameters: values })).rows;
  };
}

function inOrder<Row>(query: CompiledQuery<Row>, values: readonly unknown[]): CompiledQuery<Row> {
  const { parameters } = query;
  if (parameters.length !== values.length || parameters.some((value, at) => value !== values[at]))
    throw new Error("the values of a compiled query stand in another order than its arguments");
  return query;
}
