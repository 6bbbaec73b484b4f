import type { Quotas } from "#ports/quotas.ts";

/** AWS's own, as the settings have them unless told otherwise. */
export const QUOTAS: Quotas = {
  users: 5000,
  groups: 300,
  roles: 1000,
  policies: 1500,
  virtualMfaDevices: 5000,
  mfaDevicesPerUser: 8,
  accessKeysPerUser: 2,
  groupsPerUser: 10,
  attachedPoliciesPerUser: 10,
  attachedPoliciesPerGroup: 10,
  attachedPoliciesPerRole: 10,
  versionsPerPolicy: 5,
  policySize: 6144,
  inlineSizePerUser: 2048,
  inlineSizePerGroup: 5120,
  inlineSizePerRole: 10_240,
  trustPolicySize: 2048,
  unassignedMfaDevicesPerUser: 16,
};
