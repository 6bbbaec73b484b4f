import type { Quotas } from "#ports/quotas.ts";
import type { Settings } from "./settings.ts";

export const quotasOf = (settings: Settings): Quotas => ({
  users: settings.quotaUsers,
  groups: settings.quotaGroups,
  roles: settings.quotaRoles,
  policies: settings.quotaPolicies,
  virtualMfaDevices: settings.quotaVirtualMfaDevices,
  mfaDevicesPerUser: settings.quotaMfaDevicesPerUser,
  accessKeysPerUser: settings.quotaAccessKeysPerUser,
  groupsPerUser: settings.quotaGroupsPerUser,
  attachedPoliciesPerUser: settings.quotaAttachedPoliciesPerUser,
  attachedPoliciesPerGroup: settings.quotaAttachedPoliciesPerGroup,
  attachedPoliciesPerRole: settings.quotaAttachedPoliciesPerRole,
  versionsPerPolicy: settings.quotaVersionsPerPolicy,
  policySize: settings.quotaPolicySize,
  inlineSizePerUser: settings.quotaInlineSizePerUser,
  inlineSizePerGroup: settings.quotaInlineSizePerGroup,
  inlineSizePerRole: settings.quotaInlineSizePerRole,
  trustPolicySize: settings.quotaTrustPolicySize,
  unassignedMfaDevicesPerUser: settings.quotaUnassignedMfaDevicesPerUser,
});
