/** Policies of ours in Cedar, as far as the bench's go: the same statements, conditions and patterns over the same facts. */
import type { Condition, Elements, PolicyDocument, Statement } from "#policy/document/document.ts";

/** By id, one to a statement. */
export const toCedar = (documents: readonly PolicyDocument[]): Record<string, string> =>
  Object.fromEntries(
    documents.flatMap(({ statements }, document) =>
      statements.map((statement, at) => [`p${document}-${at}`, cedarPolicy(statement)]),
    ),
  );

function cedarPolicy({ effect, actions, resources, conditions }: Statement): string {
  const head = `${effect === "Allow" ? "permit" : "forbid"}(principal, ${actionScope(actions)}, resource)`;
  const tests = [actionTest(actions), resourceTest(resources), ...conditions.map(conditionTest)];
  const when = tests.filter((text) => text !== "");
  return when.length === 0 ? `${head};` : `${head} when { ${when.join(" && ")} };`;
}

const quoted = (text: string): string => JSON.stringify(text);
const isPlain = ({ values }: Elements): boolean => values.every((value) => !value.includes("*"));

/** Whole names stand in the scope, where Cedar looks for them first. */
const actionScope = (actions: Elements): string =>
  isPlain(actions) && !actions.not
    ? `action in [${actions.values.map((name) => `Action::${quoted(name.toLowerCase())}`).join(", ")}]`
    : "action";

function actionTest(actions: Elements): string {
  if ((isPlain(actions) && !actions.not) || actions.values.includes("*")) return "";
  const test = actions.values.map((name) => `context.action like ${quoted(name.toLowerCase())}`).join(" || ");
  return actions.not ? `!(${test})` : `(${test})`;
}

/** Cedar fills no variable into a pattern: the one that the policies hold is a fact of the request. */
function resourceTest(resources: Elements | undefined): string {
  const [resource = "*"] = resources?.values ?? [];
  if (resource === "*") return "";
  return resource.includes("$")
    ? "context.resource == context.own"
    : `context.resource like ${quoted(resource)}`;
}

/** The only condition of the policies: BoolIfExists. */
function conditionTest({ key, values }: Condition): string {
  const name = key.replace("aws:", "");
  return `(!(context has ${name}) || context.${name} == ${quoted(values[0] ?? "")})`;
}
