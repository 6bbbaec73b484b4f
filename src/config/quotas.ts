import type { Quotas } from "#ports/quotas.ts";
import type { Settings } from "./settings.ts";

export const quotasOf = (settings: Settings): Quotas => ({
  users: settings.quotaUsers,
  virtualMfaDevices: settings.quotaVirtualMfaDevices,
  mfaDevicesPerUser: settings.quotaMfaDevicesPerUser,
  accessKeysPerUser: settings.quotaAccessKeysPerUser,
  attachedPoliciesPerUser: settings.quotaAttachedPoliciesPerUser,
  unassignedMfaDevicesPerUser: settings.quotaUnassignedMfaDevicesPerUser,
});
