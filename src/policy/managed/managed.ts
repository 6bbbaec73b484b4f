import { type EpochMs, epochMs } from "#base/clock.ts";
import { lookUp, type Table, table } from "#base/table.ts";
import type { Arn, PolicyId } from "#identity/ids.ts";
import { ROWS } from "./rows.ts";

/** A policy that AWS keeps: the same in every account, and no account's to change. */
export interface ManagedPolicy {
  readonly arn: Arn;
  readonly policyName: string;
  /** Starts and ends with `/`. */
  readonly path: string;
  /** Undefined where AWS's own is not published; nothing is keyed by it. */
  readonly policyId: PolicyId | undefined;
  readonly description: string;
  /** The number in `v1`. Of AWS's versions only the default is here. */
  readonly defaultVersion: number;
  /** Of the default version. */
  readonly document: string;
  readonly createdAt: EpochMs;
  /** When the default version was made. */
  readonly updatedAt: EpochMs;
}

/** In AWS's order in ListPolicies, the oldest first. */
export const MANAGED_POLICIES: readonly ManagedPolicy[] = Object.freeze(
  ROWS.map(
    ({ policyName, path, policyId, description, defaultVersion, statements, createdAt, updatedAt }) => ({
      // made here of a name that is data of ours, like the id
      arn: `arn:aws:iam::aws:policy${path}${policyName}` as Arn,
      policyName,
      path,
      policyId: policyId as PolicyId | undefined,
      description,
      defaultVersion,
      document: JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 4),
      createdAt: epochMs(Date.parse(createdAt)),
      updatedAt: epochMs(Date.parse(updatedAt ?? createdAt)),
    }),
  ),
);

export const ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess" as Arn;

const BY_ARN: Table<ManagedPolicy> = table(
  Object.fromEntries(MANAGED_POLICIES.map((policy) => [policy.arn, policy])),
);

/** AWS's policy of that ARN; undefined for one that is not here, which to a caller does not exist. */
export const managedPolicy = (arn: string): ManagedPolicy | undefined => lookUp(BY_ARN, arn);
