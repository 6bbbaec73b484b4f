import type { EpochMs } from "#base/clock.ts";
import { type Table, table } from "#base/table.ts";
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

/** What a method says beside its name (DESIGN 8): the values of `countersign:PhishingResistant` and its like. */
export interface MfaFacts {
  /** The proof is bound to the site that it was given to. */
  readonly phishingResistant: boolean;
  /** What proves cannot be copied to another device. */
  readonly deviceBound: boolean;
  /** The device asked who holds it. */
  readonly userVerified: boolean;
}

const facts = (phishingResistant: boolean, deviceBound: boolean, userVerified: boolean): MfaFacts => ({
  phishingResistant,
  deviceBound,
  userVerified,
});

export const MFA_FACTS: Table<MfaFacts, MfaMethod | "none"> = table({
  none: facts(false, false, false),
  virtual: facts(false, false, false),
  hardware: facts(false, true, false),
  "security-key": facts(true, true, false),
  passkey: facts(true, false, true),
  "recovery-code": facts(false, false, false),
});
