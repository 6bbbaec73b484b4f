import { toBase32 } from "#base/base32.ts";

export interface OtpauthParts {
  /** Whose code it is; without a colon, which ends it in a label. */
  readonly issuer: string;
  readonly device: string;
  /** The account's alias, or its id without one (contract 1.2). */
  readonly account: string;
  readonly seed: Uint8Array;
}

/**
 * The URI that authenticator apps scan, in AWS's form (contract 1.2):
 * `otpauth://totp/ISSUER:DEVICE@ACCOUNT?secret=BASE32&issuer=ISSUER`. It says nothing of algorithm, digits and period, whose
 * defaults are ours: some apps refuse or ignore them. A blank is `%20`, since apps take `+` for itself.
 */
export function otpauthUri({ issuer, device, account, seed }: OtpauthParts): string {
  const [by, name, where] = [issuer, device, account].map(encodeURIComponent);
  return `otpauth://totp/${by}:${name}@${where}?secret=${toBase32(seed)}&issuer=${by}`;
}
