import { epochMs } from "#base/clock.ts";
import type { MfaProof } from "#mfa/proof.ts";
import type { Db } from "./schema.ts";

type ProofColumns = Pick<Db["console_sessions"], "mfa_at" | "mfa_method" | "mfa_serial">;

/** The proof of a second factor, where there is one, as the columns of a row. */
export const fromProof = (proof: MfaProof | undefined): ProofColumns => ({
  mfa_at: proof?.at ?? null,
  mfa_method: proof?.method ?? null,
  mfa_serial: proof?.serialNumber ?? null,
});

/** The tables' checks hold the three together. */
export function toProof({ mfa_at, mfa_method, mfa_serial }: ProofColumns): MfaProof | undefined {
  if (mfa_at === null || mfa_method === null || mfa_serial === null) return undefined;
  return { at: epochMs(mfa_at), method: mfa_method, serialNumber: mfa_serial };
}
