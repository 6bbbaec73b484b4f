import type {
  Condition,
  Elements,
  PolicyDocument,
  Principals,
  Statement,
} from "#policy/document/document.ts";

/** The document as JSON, as people write it: a value alone is no list, and everybody is `*`. */
export function renderPolicy({ version, id, statements }: PolicyDocument): string {
  const rendered = statements.map(renderStatement);
  return JSON.stringify({ Version: version, Id: id, Statement: alone(rendered) });
}

const alone = <T>(values: readonly T[]): T | readonly T[] => {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values;
};

function renderStatement({ sid, effect, principals, actions, resources, conditions }: Statement): object {
  return {
    Sid: sid,
    Effect: effect,
    ...(principals && { [named("Principal", principals)]: renderPrincipals(principals) }),
    [named("Action", actions)]: alone(actions.values),
    ...(resources && { [named("Resource", resources)]: alone(resources.values) }),
    ...(conditions.length > 0 && { Condition: renderConditions(conditions) }),
  };
}

const named = (element: string, { not }: Elements | Principals): string => (not ? `Not${element}` : element);

function renderPrincipals({ values }: Principals): unknown {
  const [first] = values;
  if (values.length === 1 && first?.type === "AWS" && first.value === "*") return "*";
  const types = [...new Set(values.map(({ type }) => type))];
  const ofType = (type: string) => values.filter((one) => one.type === type).map(({ value }) => value);
  return Object.fromEntries(types.map((type) => [type, alone(ofType(type))]));
}

function renderConditions(conditions: readonly Condition[]): object {
  const operators = [...new Set(conditions.map(({ operator }) => operator))];
  const keysOf = (operator: string) =>
    conditions.filter((one) => one.operator === operator).map(({ key, values }) => [key, alone(values)]);
  return Object.fromEntries(operators.map((operator) => [operator, Object.fromEntries(keysOf(operator))]));
}
