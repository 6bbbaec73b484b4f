import assert from "node:assert/strict";
import { test } from "node:test";
import { NormalizedSchema } from "@smithy/core/schema";
import type { Constraint, Members, Pattern, Shape, StringShape } from "#model/constraints/constraint.ts";
import { COUNTERSIGN_CONSTRAINTS } from "#model/constraints/countersign.ts";
import { IAM_CONSTRAINTS, IAM_OPTIONAL_FOR_ROOT } from "#model/constraints/iam.ts";
import { SIGNIN_CONSTRAINTS } from "#model/constraints/signin.ts";
import { STS_CONSTRAINTS } from "#model/constraints/sts.ts";
import { SERVICES, SIGNIN } from "#model/services.ts";
import { operationsOf } from "#operations/operations.ts";
import { SIGNIN_OPERATIONS } from "#operations/signin/index.ts";

const TABLES = {
  iam: IAM_CONSTRAINTS,
  sts: STS_CONSTRAINTS,
  countersign: COUNTERSIGN_CONSTRAINTS,
  signin: SIGNIN_CONSTRAINTS,
};
const ROWS = { ...SERVICES, signin: SIGNIN };
const SERVICE_NAMES = ["iam", "sts", "countersign", "signin"] as const;

const kindOf = (schema: NormalizedSchema): Shape["type"] | "other" => {
  if (schema.isStructSchema()) return "structure";
  if (schema.isListSchema()) return "list";
  if (schema.isMapSchema()) return "map";
  if (schema.isStringSchema()) return "string";
  if (schema.isBooleanSchema()) return "boolean";
  return schema.isNumericSchema() ? "integer" : "other";
};

/** What the table and the package's schema disagree in. */
function* differences(
  members: Members,
  schema: NormalizedSchema,
  where: string,
  everyMember: boolean,
): Generator<string> {
  if (schema.isUnitSchema()) {
    if (Object.keys(members).length > 0) yield `${where} has no input`;
    return;
  }
  const published = new Map(schema.structIterator());
  for (const [name, constraint] of Object.entries(members)) {
    const member = published.get(name);
    if (member === undefined) yield `${where}.${name} is not in the schema`;
    else yield* shapeDifferences(constraint, member, `${where}.${name}`);
  }
  for (const name of everyMember ? published.keys() : [])
    if (!(name in members)) yield `${where}.${name} has no row`;
  const required = Object.values(members).filter((constraint: Constraint) => constraint.required).length;
  // a structure's last element counts its required members
  const counted = Number((schema.getSchema() as unknown as readonly unknown[])[6] ?? 0);
  if (everyMember && required !== counted)
    yield `${where} requires ${required} members, the schema ${counted}`;
}

function* shapeDifferences(shape: Shape, schema: NormalizedSchema, where: string): Generator<string> {
  const kind = kindOf(schema);
  if (kind !== shape.type) yield `${where} is ${kind} in the schema, ${shape.type} here`;
  else if (shape.type === "structure")
    yield* differences(shape.members, schema, where, Object.keys(shape.members).length > 0);
  else if (shape.type === "list")
    yield* shapeDifferences(shape.element, schema.getValueSchema(), `${where}[]`);
}

for (const service of SERVICE_NAMES) {
  test(`${service}: the constraint table is of the package's operations, members, kinds and required members`, async () => {
    const { operations } = await ROWS[service].load();
    const found: string[] = [];
    for (const [name, members] of Object.entries(TABLES[service])) {
      const schema = operations[name]?.schema;
      if (schema === undefined) found.push(`${name} is no operation`);
      else found.push(...differences(members, NormalizedSchema.of(schema[4]), name, true));
    }
    assert.deepEqual(found, []);
  });

  test(`${service}: every operation that runs has its constraints`, async () => {
    const running = service === "signin" ? SIGNIN_OPERATIONS : await operationsOf(service);
    const missing = Object.keys(running).filter((name) => !(name in TABLES[service]));
    assert.deepEqual(missing, []);
  });

  test(`${service}: no shape has another name or form in XML, which the codec would not know`, async () => {
    const { operations } = await ROWS[service].load();
    for (const { schema } of Object.values(operations)) {
      assertPlain(NormalizedSchema.of(schema[4]));
      assertPlain(NormalizedSchema.of(schema[5]));
    }
  });
}

function assertPlain(schema: NormalizedSchema): void {
  const { xmlName, xmlFlattened } = schema.getMergedTraits();
  assert.deepEqual([xmlName, xmlFlattened], [undefined, undefined], schema.getName(true) ?? "");
  if (schema.isStructSchema()) for (const [, member] of schema.structIterator()) assertPlain(member);
  if (schema.isListSchema() || schema.isMapSchema()) assertPlain(schema.getValueSchema());
}

test("what root may leave out is required of others", () => {
  for (const [operation, members] of Object.entries(IAM_OPTIONAL_FOR_ROOT)) {
    for (const member of members) assert.equal(IAM_CONSTRAINTS[operation]?.[member]?.required, true);
  }
});

test("the tables have no prototype and cannot be changed", () => {
  for (const service of SERVICE_NAMES) {
    assert.equal(Object.getPrototypeOf(TABLES[service]), null);
    assert.ok(Object.isFrozen(TABLES[service]));
  }
});

function patternsOf(shape: Shape): readonly Pattern[] {
  if (shape.type === "string") return shape.pattern === undefined ? [] : [shape.pattern];
  if (shape.type === "list") return patternsOf(shape.element);
  return shape.type === "structure" ? Object.values(shape.members).flatMap(patternsOf) : [];
}

const asksBeyond = (shape: Shape): readonly NonNullable<StringShape["beyond"]>[] =>
  shape.type === "string" && shape.beyond !== undefined ? [shape.beyond] : [];

test("what is asked beyond the model is linear in hostile input too", () => {
  const shapes = Object.values(IAM_CONSTRAINTS).flatMap((members) => Object.values(members));
  const asked = new Set(shapes.flatMap(asksBeyond));
  assert.equal(asked.size, 2);
  for (const ask of asked) {
    for (const start of [
      "",
      "arn:aws:iam::",
      "arn:aws:iam::aws:policy/",
      "arn:aws:iam::123456789012:user/",
    ]) {
      for (const part of ["a", "/", "a/", ":", "arn:", "aws", "é"])
        ask(`${start}${part.repeat(200_000)}\u0000`);
    }
  }
});

/** A backtracking pattern would not come back from these at all; a linear one takes milliseconds. */
test("patterns are linear in hostile input", () => {
  const rows = [...Object.values(IAM_CONSTRAINTS), ...Object.values(STS_CONSTRAINTS)];
  const patterns = new Set(rows.flatMap((members) => Object.values(members).flatMap(patternsOf)));
  assert.ok(patterns.size > 15);
  for (const { regex } of patterns) {
    for (const part of ["a", "/", "/a", "a-", "1", "/a/", "v1.", " ", "é", "\u{10400}"]) {
      for (const end of ["", "\n", "\u0000", "!"]) regex.test(part.repeat(200_000) + end);
      regex.test(`/${part.repeat(200_000)}\u0000`);
    }
  }
});
