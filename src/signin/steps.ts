import { DAY, type EpochMs } from "#base/clock.ts";
import type { PasswordAge } from "#identity/password-policy.ts";
import type { MfaProof } from "#mfa/proof.ts";
import type { SignInLimits } from "./limits.ts";

/** What decides where somebody goes who gave the right password. */
export interface Standing {
  readonly root: boolean;
  /** Active devices. */
  readonly devices: number;
  readonly resetRequired: boolean;
  readonly passwordAge: PasswordAge;
  /** When root was reminded that it has no second factor. */
  readonly reminder: Reminder | undefined;
}

export interface Reminder {
  readonly firstAt: EpochMs;
  readonly lastAt: EpochMs;
}

export type PasswordReason = "reset" | "expired";

/** Whether root is still to enrol a factor in this session: `required` is all that the session is good for. */
export type Enrolment = "none" | "offered" | "required";

/**
 * Where a sign-in stands once the password was right (DESIGN 3.5). What a state does not have cannot be said of it: nobody has a
 * session who owes a code or a new password, and a session that is for enrolling has no proof of a factor.
 */
export type Standpoint =
  | { readonly step: "refused"; readonly reason: string }
  | { readonly step: "factor" }
  | {
      readonly step: "change-password";
      readonly reason: PasswordReason;
      readonly mfa: MfaProof | undefined;
    }
  | { readonly step: "enrol"; readonly enrolment: Exclude<Enrolment, "none"> }
  | { readonly step: "session"; readonly mfa: MfaProof | undefined };

export function afterPassword(standing: Standing, limits: SignInLimits, now: EpochMs): Standpoint {
  // only an administrator can set a new one (contract 1.5)
  if (standing.passwordAge === "hard-expired") return { step: "refused", reason: "the password has expired" };
  return standing.devices > 0 ? { step: "factor" } : onwards(standing, undefined, limits, now);
}

export const afterFactor = (
  standing: Standing,
  mfa: MfaProof,
  limits: SignInLimits,
  now: EpochMs,
): Standpoint => onwards(standing, mfa, limits, now);

/** `mfa` is what the sign-in has proved before the password was changed. Whoever got a device meanwhile owes its code first. */
export function afterNewPassword(
  standing: Standing,
  mfa: MfaProof | undefined,
  limits: SignInLimits,
  now: EpochMs,
): Standpoint {
  if (mfa === undefined && standing.devices > 0) return { step: "factor" };
  return onwards({ ...standing, resetRequired: false, passwordAge: "current" }, mfa, limits, now);
}

/** In a session that was for enrolling: whoever has a device now has to prove it. */
export const afterEnrolling = (
  { devices }: Pick<Standing, "devices">,
  enrolment: Exclude<Enrolment, "none">,
): Standpoint => (devices > 0 ? { step: "factor" } : { step: "enrol", enrolment });

/** What is offered may be put off; what is required not. */
export const afterSkipping = (enrolment: Enrolment): Enrolment =>
  enrolment === "offered" ? "none" : enrolment;

/** What is owed before the session, in this order: a new password, then root's factor. */
function onwards(
  standing: Standing,
  mfa: MfaProof | undefined,
  limits: SignInLimits,
  now: EpochMs,
): Standpoint {
  const reason = passwordReason(standing);
  if (reason !== undefined) return { step: "change-password", reason, mfa };
  if (mfa !== undefined || !standing.root) return { step: "session", mfa };
  const enrolment = enrolmentOf(standing.reminder, limits, now);
  return enrolment === "none" ? { step: "session", mfa } : { step: "enrol", enrolment };
}

/** Why the password must be changed before anything else, or undefined. */
export function passwordReason({
  resetRequired,
  passwordAge,
}: Pick<Standing, "resetRequired" | "passwordAge">): PasswordReason | undefined {
  if (resetRequired) return "reset";
  return passwordAge === "current" ? undefined : "expired";
}

/** Whether root, without a factor, is asked to enrol one now: the grace runs from the first time that it was (contract 7.1). */
export function enrolmentOf(
  reminder: Reminder | undefined,
  { rootMfaGrace, rootMfaReminder }: SignInLimits,
  now: EpochMs,
): Enrolment {
  if (now >= (reminder?.firstAt ?? now) + rootMfaGrace) return "required";
  return reminder === undefined || now >= reminder.lastAt + rootMfaReminder ? "offered" : "none";
}

/** Whole days until root must enrol, begun ones counted; 0 when it must. */
export const daysLeft = (reminder: Reminder | undefined, limits: SignInLimits, now: EpochMs): number =>
  Math.max(0, Math.ceil(((reminder?.firstAt ?? now) + limits.rootMfaGrace - now) / DAY));
