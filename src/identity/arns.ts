import type { AccountId, Arn, SerialNumber } from "./ids.ts";

/** IAM ARNs (Service Authorization Reference, "Resource types defined by IAM"). A path starts and ends with `/`. */
export const userArn = (account: AccountId, path: string, name: string): Arn =>
  `arn:aws:iam::${account}:user${path}${name}` as Arn;

export const groupArn = (account: AccountId, path: string, name: string): Arn =>
  `arn:aws:iam::${account}:group${path}${name}` as Arn;

export const roleArn = (account: AccountId, path: string, name: string): Arn =>
  `arn:aws:iam::${account}:role${path}${name}` as Arn;

/** A customer managed policy's. */
export const managedPolicyArn = (account: AccountId, path: string, name: string): Arn =>
  `arn:aws:iam::${account}:policy${path}${name}` as Arn;

/** Whether `arn` is of AWS's own managed policies: they are the same in every account, and no account's. */
export const isAwsManaged = (arn: Arn): boolean => arn.startsWith("arn:aws:iam::aws:policy/");

/** Of a role's session: the role's path is not in it. */
export const assumedRoleArn = (account: AccountId, roleName: string, sessionName: string): Arn =>
  `arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}` as Arn;

export const federatedUserArn = (account: AccountId, name: string): Arn =>
  `arn:aws:sts::${account}:federated-user/${name}` as Arn;

export const rootArn = (account: AccountId): Arn => `arn:aws:iam::${account}:root` as Arn;

/** A virtual device's ARN is its serial number (contract 1.1). */
export const virtualMfaSerial = (account: AccountId, path: string, name: string): SerialNumber =>
  `arn:aws:iam::${account}:mfa${path}${name}` as SerialNumber;

export const operatorArn = (account: AccountId): Arn => `arn:aws:iam::${account}:operator` as Arn;

/** Folds a name into its lookup key: names are unique without regard to case, kept as written (DESIGN 3.1). */
export const nameKey = (name: string): string => name.toLowerCase();
