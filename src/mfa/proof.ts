import type { EpochMs } from "#base/clock.ts";
import type { SerialNumber } from "#identity/ids.ts";

/** How a factor was proved; with `none` the values of `countersign:MultiFactorAuthMethod` (DESIGN 8). */
export const MFA_METHODS = ["virtual", "hardware", "security-key", "passkey", "recovery-code"] as const;

export type MfaMethod = (typeof MFA_METHODS)[number];

export const isMfaMethod = (value: unknown): value is MfaMethod =>
  MFA_METHODS.some((method) => method === value);

/** The proof of a second factor that a temporary credential carries. */
export interface MfaProof {
  readonly at: EpochMs;
  readonly method: MfaMethod;
  readonly serialNumber: SerialNumber;
}
