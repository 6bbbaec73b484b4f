import { integer, list, pattern, required, string, structure } from "./constraint.ts";

/** Tags are alike in IAM and STS (contract 1.1). */
const tagKey = string({ min: 1, max: 128, pattern: pattern(String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]+`) });
const tagValue = string({ min: 0, max: 256, pattern: pattern(String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]*`) });

export const tags = list(structure({ Key: required(tagKey), Value: required(tagValue) }), { max: 50 });
export const tagKeys = list(tagKey, { max: 50 });

/** Tab, line feed, carriage return and all of Latin-1 from space on: policy documents and passwords. */
export const LATIN_1 = pattern(String.raw`[\u0009\u000A\u000D\u0020-\u00FF]+`);

/** The members of a list that comes in pages. */
export const page = {
  Marker: string({ min: 1, max: 320, pattern: pattern(String.raw`[\u0020-\u00FF]+`) }),
  MaxItems: integer({ min: 1, max: 1000 }),
};
