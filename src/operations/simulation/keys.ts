import { contextKeys, reportedKeys } from "#policy/context-keys.ts";
import type { SimulatedPolicy } from "./policies.ts";

/** What the policies ask for in conditions and variables, as written. */
export const keysOfPolicies = (policies: readonly SimulatedPolicy[]): string[] => [
  ...contextKeys(policies.flatMap(({ document }) => document ?? [])),
];

/** As `keysOfPolicies`, in the form of GetContextKeysFor…. */
export const reportedKeysOf = (policies: readonly SimulatedPolicy[]): string[] => [
  ...reportedKeys(policies.flatMap(({ document }) => document ?? [])),
];
