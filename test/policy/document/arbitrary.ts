import fc from "fast-check";
import type { Condition, Elements, PolicyDocument, Statement } from "#policy/document/document.ts";

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,7}$/);
/** Records like those of the parser, for deep comparison. */
const PLAIN = { noNullPrototype: true };
const anyText = fc.string({ unit: "binary", maxLength: 12 });

const action = fc.oneof(
  fc.constant("*"),
  fc.tuple(word, fc.stringMatching(/^[A-Za-z*?]{1,8}$/)).map(([vendor, name]) => `${vendor}:${name}`),
);
const resource = fc.oneof(
  fc.constant("*"),
  fc
    .tuple(
      word.filter((service) => service !== "iam"),
      fc.constantFrom("", "*", "123456789012"),
      anyText,
    )
    .map(([service, account, rest]) => `arn:aws:${service}::${account}:${rest}`),
);
const elements = (value: fc.Arbitrary<string>): fc.Arbitrary<Elements> =>
  fc.record({ not: fc.boolean(), values: fc.array(value, { minLength: 1, maxLength: 3 }) }, PLAIN);

const operator = fc.constantFrom(
  "StringEquals",
  "ForAnyValue:StringLikeIfExists",
  "ForAllValues:StringNotEquals",
  "NumericLessThan",
  "BoolIfExists",
  "ArnLike",
  "IpAddress",
  "Null",
);

/** Keys of one operator stand together, as they do in JSON. */
const conditions: fc.Arbitrary<readonly Condition[]> = fc
  .uniqueArray(
    fc.tuple(operator, fc.dictionary(anyText, fc.array(anyText, { maxLength: 3 }), { maxKeys: 3 })),
    {
      selector: ([name]) => name,
      maxLength: 3,
    },
  )
  .map((operators) =>
    operators.flatMap(([name, keys]) =>
      Object.entries(keys).map(([key, values]) => ({ operator: name, key, values })),
    ),
  );

const statement: fc.Arbitrary<Statement> = fc.record(
  {
    sid: fc.constant(undefined),
    effect: fc.constantFrom<Statement["effect"]>("Allow", "Deny"),
    principals: fc.constant(undefined),
    actions: elements(action),
    resources: elements(resource),
    conditions,
  },
  PLAIN,
);

/** Identity policies that are valid, with unusual texts where any text may stand. */
export const arbitraryPolicy: fc.Arbitrary<PolicyDocument> = fc
  .tuple(
    fc.option(anyText, { nil: undefined }),
    fc.array(statement, { minLength: 1, maxLength: 4 }),
    fc.boolean(),
  )
  .map(([id, statements, withSids]) => ({
    version: "2012-10-17",
    id,
    statements: statements.map((one, at) => (withSids ? { ...one, sid: `s${at}` } : one)),
  }));

/** The document as JSON, every value a list. */
export function render({ version, id, statements }: PolicyDocument): string {
  return JSON.stringify({ Version: version, Id: id, Statement: statements.map(renderStatement) });
}

function renderStatement({ sid, effect, actions, resources, conditions }: Statement): unknown {
  return {
    Sid: sid,
    Effect: effect,
    [actions.not ? "NotAction" : "Action"]: actions.values,
    ...(resources && { [resources.not ? "NotResource" : "Resource"]: resources.values }),
    Condition: renderConditions(conditions),
  };
}

/** Without prototypes: a key may be called `__proto__`. */
function renderConditions(conditions: readonly Condition[]): unknown {
  const operators: Record<string, Record<string, readonly string[]>> = Object.create(null);
  for (const { operator: name, key, values } of conditions) {
    operators[name] ??= Object.create(null);
    Object.assign(operators[name] ?? {}, Object.fromEntries([[key, values]]));
  }
  return operators;
}
