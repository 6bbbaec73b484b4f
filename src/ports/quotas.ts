/** Quotas are settings with AWS's defaults (contract 8). */
export interface Quotas {
  readonly users: number;
  readonly virtualMfaDevices: number;
  readonly mfaDevicesPerUser: number;
  readonly accessKeysPerUser: number;
  readonly attachedPoliciesPerUser: number;
  /** Unassigned devices held by a caller who may not delete any (DESIGN 3.2; not an AWS quota). */
  readonly unassignedMfaDevicesPerUser: number;
}
