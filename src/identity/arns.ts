import type { AccountId, Arn, SerialNumber } from "./ids.ts";

/** IAM ARNs (Service Authorization Reference, "Resource types defined by IAM"). A path starts and ends with `/`. */
export const userArn = (account: AccountId, path: string, name: string): Arn =>
  `arn:aws:iam::${account}:user${path}${name}` as Arn;

export const rootArn = (account: AccountId): Arn => `arn:aws:iam::${account}:root` as Arn;

/** A virtual device's ARN is its serial number (contract 1.1). */
export const virtualMfaSerial = (account: AccountId, path: string, name: string): SerialNumber =>
  `arn:aws:iam::${account}:mfa${path}${name}` as SerialNumber;

export const operatorArn = (account: AccountId): Arn => `arn:aws:iam::${account}:operator` as Arn;

/** Folds a name into its lookup key: names are unique without regard to case, kept as written (DESIGN 3.1). */
export const nameKey = (name: string): string => name.toLowerCase();
