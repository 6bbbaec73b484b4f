import { NormalizedSchema } from "@smithy/core/schema";
import fc from "fast-check";

/**
 * Text that both XML and the SDK's reader keep: of XML's characters, none that is white space alone with a line feed, which that
 * reader drops.
 */
const text = fc
  .string({ unit: "binary", maxLength: 12 })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot hold them
  .filter((value) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u.test(value))
  .filter((value) => value.trim() !== "" || !/[\r\n]/.test(value));

const int32 = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff });

/** Whole seconds: what the wire's answers hold (contract 4.2). */
const moment = fc.integer({ min: 0, max: 4_102_444_800 }).map((seconds) => new Date(seconds * 1000));

/** Any value of `schema`, members left out at will. No structure is empty inside a list: the SDK does not send those. */
export function anyValue(schema: NormalizedSchema, inList = false): fc.Arbitrary<unknown> {
  if (schema.isUnitSchema()) return fc.constant({});
  if (schema.isStructSchema()) {
    const members: Record<string, fc.Arbitrary<unknown>> = {};
    for (const [name, member] of schema.structIterator()) members[name] = anyValue(member);
    const first = Object.keys(members)[0];
    return fc
      .record(members, inList && first !== undefined ? { requiredKeys: [first] } : { requiredKeys: [] })
      .map((value) => ({ ...value }));
  }
  if (schema.isListSchema()) return fc.array(anyValue(schema.getValueSchema(), true), { maxLength: 3 });
  if (schema.isMapSchema())
    return fc.dictionary(fc.constantFrom("a", "b c", "é"), anyValue(schema.getValueSchema(), true), {
      noNullPrototype: true,
    });
  if (schema.isStringSchema()) return text;
  if (schema.isBooleanSchema()) return fc.boolean();
  if (schema.isNumericSchema()) return int32;
  if (schema.isTimestampSchema()) return moment;
  if (schema.isBlobSchema()) return fc.uint8Array({ maxLength: 12 });
  throw new Error(`no values for ${schema.getName(true)}`);
}

export const anyOf = (schema: unknown): fc.Arbitrary<object> =>
  // structures and `unit` alone are inputs and outputs
  anyValue(NormalizedSchema.of(schema as Parameters<typeof NormalizedSchema.of>[0])) as fc.Arbitrary<object>;
