import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { type PolicyInput, policyArn } from "./policies.ts";

export interface VersionInput extends PolicyInput {
  readonly VersionId?: string | undefined;
}

export const versionId = (version: number): string => `v${version}`;

/** The number in `v12`; undefined for what no version is called, though AWS's pattern lets it through. */
export function versionNumber({ VersionId = "" }: VersionInput): number | undefined {
  const [, digits] = /^v([1-9]\d{0,8})$/.exec(VersionId) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** Recorded in 2026, for a policy that does not exist as for a version. */
export const noSuchVersion = (input: VersionInput): ServiceError =>
  serviceError(
    "NoSuchEntity",
    `Policy ${policyArn(input)} version ${input.VersionId} does not exist or is not attachable.`,
  );
