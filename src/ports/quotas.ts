/** Quotas are settings with AWS's defaults (contract 8). */
export interface Quotas {
  readonly users: number;
  readonly groups: number;
  readonly roles: number;
  /** Customer managed policies. */
  readonly policies: number;
  readonly virtualMfaDevices: number;
  readonly mfaDevicesPerUser: number;
  readonly accessKeysPerUser: number;
  readonly groupsPerUser: number;
  readonly attachedPoliciesPerUser: number;
  readonly attachedPoliciesPerGroup: number;
  readonly attachedPoliciesPerRole: number;
  readonly versionsPerPolicy: number;
  /** Sizes are in characters, white space not counted (`documentSize` of policy/document/size.ts). */
  readonly policySize: number;
  /** Of all inline policies of one user, group or role together. */
  readonly inlineSizePerUser: number;
  readonly inlineSizePerGroup: number;
  readonly inlineSizePerRole: number;
  readonly trustPolicySize: number;
  /** Unassigned devices held by a caller who may not delete any (DESIGN 3.2; not an AWS quota). */
  readonly unassignedMfaDevicesPerUser: number;
}
