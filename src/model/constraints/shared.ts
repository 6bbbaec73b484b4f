import { integer, type ListShape, list, pattern, required, string, structure } from "./constraint.ts";

/** Tags are alike in IAM and STS (contract 1.1). Recorded: a value's failures are told before its key's. */
const tagKey = string({ min: 1, max: 128, pattern: pattern(String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]+`) });
const tagValue = string({ min: 0, max: 256, pattern: pattern(String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]*`) });

export const tags = list(structure({ Value: required(tagValue), Key: required(tagKey) }), { max: 50 });
export const tagKeys: ListShape = { ...list(tagKey, { max: 50 }), tellsNull: true };

/** Tab, line feed, carriage return and all of Latin-1 from space on: policy documents and passwords. */
export const LATIN_1 = pattern(String.raw`[\u0009\u000A\u000D\u0020-\u00FF]+`);

/** The members of a list that comes in pages. */
export const page = {
  Marker: string({ min: 1, max: 320, pattern: pattern(String.raw`[\u0020-\u00FF]+`) }),
  MaxItems: integer({ min: 1, max: 1000 }),
};
