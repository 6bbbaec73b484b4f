import type { StaticListSchema, StaticOperationSchema, StaticStructureSchema } from "@smithy/types";
import type { OperationModel } from "#model/services.ts";

/** A structure of every kind that the codec knows, and one that contains itself. */
export const everything: StaticStructureSchema = [
  3,
  "test",
  "Everything",
  0,
  ["Text", "Flag", "Number", "Moment", "Bytes", "Names", "Counts", "Inner", "Inners"],
  [0, 2, 1, 4, 21, 64 | 0, 128 | 1, () => everything, () => inners],
  0,
];
const inners: StaticListSchema = [1, "test", "Inners", 0, () => everything];

export const modelOf = (
  input: StaticOperationSchema[4] = () => everything,
  output: StaticOperationSchema[5] = () => everything,
): OperationModel => ({ name: "Op", schema: [9, "test", "Op", 0, input, output] });
