import assert from "node:assert/strict";
import { test } from "node:test";
import { NormalizedSchema } from "@smithy/core/schema";
import type { StaticOperationSchema } from "@smithy/types";
import { COUNTERSIGN_SCHEMAS } from "#model/countersign/schemas.ts";
import { SIGNIN_SCHEMAS } from "#model/signin/schemas.ts";

/** A line for every member: required ones are marked, structures and lists opened. */
function* lines(schema: NormalizedSchema, indent: string): Generator<string> {
  if (schema.isListSchema()) yield* lines(schema.getValueSchema(), indent);
  if (!schema.isStructSchema()) return;
  // a structure's last element counts its required members, which stand first
  const required = Number((schema.getSchema() as unknown as readonly unknown[])[6]);
  let at = 0;
  for (const [name, member] of schema.structIterator()) {
    yield `${indent}${name}${at++ < required ? "" : "?"} ${kindOf(member)}`;
    yield* lines(member, `${indent}  `);
  }
}

function kindOf(schema: NormalizedSchema): string {
  if (schema.isStructSchema()) return "structure";
  if (schema.isListSchema()) return "list";
  if (schema.isStringSchema()) return "string";
  if (schema.isBooleanSchema()) return "boolean";
  return schema.isNumericSchema() ? "number" : "other";
}

const shapeOf = (schemas: Readonly<Record<string, StaticOperationSchema>>, name: string, side: 4 | 5) =>
  [...lines(NormalizedSchema.of(schemas[name]?.[side] ?? "unit"), "")].join("\n");

test("schemas of our own are read by the SDK's own reader: members, kinds, required ones", () => {
  assert.equal(
    shapeOf(COUNTERSIGN_SCHEMAS, "GetConsoleContext", 5),
    `Account structure
  AccountId string
  SignInUrl string
  Alias? string
Principal structure
  Type string
  Arn string
  Id string
  UserName? string
Issuer string
ServerTime number
Version string
Session? structure
  SessionId string
  SignedInAt number
  ExpiresAt number
  IdleSeconds number
  MustEnrol boolean
  Mfa structure
    Present boolean
    Method? string
    At? number`,
  );
  assert.equal(
    shapeOf(SIGNIN_SCHEMAS, "SubmitPassword", 4),
    "Type string\nPassword string\nEmail? string\nAccount? string\nUserName? string",
  );
});

test("every operation has an input and an output structure, none of them of a kind that the codec does not know", () => {
  for (const schemas of [COUNTERSIGN_SCHEMAS, SIGNIN_SCHEMAS]) {
    for (const [name, schema] of Object.entries(schemas)) {
      for (const side of [4, 5] as const) {
        assert.ok(NormalizedSchema.of(schema[side]).isStructSchema(), name);
        assert.doesNotMatch(shapeOf(schemas, name, side), /other/, name);
      }
    }
  }
});
