import { DAY, type EpochMs, epochMs } from "#base/clock.ts";

/** An account's own password policy, as UpdateAccountPasswordPolicy sets it. */
export interface PasswordPolicy {
  readonly minimumPasswordLength: number;
  readonly requireSymbols: boolean;
  readonly requireNumbers: boolean;
  readonly requireUppercaseCharacters: boolean;
  readonly requireLowercaseCharacters: boolean;
  readonly allowUsersToChangePassword: boolean;
  /** Days; 0 is never. */
  readonly maxPasswordAge: number;
  /** How many passwords, the current one included, may not be used again; 0 is none. */
  readonly passwordReusePrevention: number;
  readonly hardExpiry: boolean;
}

/** What UpdateAccountPasswordPolicy sets for members left out (contract 1.5). */
export const POLICY_DEFAULTS: PasswordPolicy = Object.freeze({
  minimumPasswordLength: 6,
  requireSymbols: false,
  requireNumbers: false,
  requireUppercaseCharacters: false,
  requireLowercaseCharacters: false,
  allowUsersToChangePassword: false,
  maxPasswordAge: 0,
  passwordReusePrevention: 0,
  hardExpiry: false,
});

/** PasswordReusePrevention is at most 24, so more is never remembered. */
const MAX_REMEMBERED = 24;

/** Lengths where the account has no policy of its own (contract 1.5). */
const DEFAULT_MINIMUM_LENGTH = 8;
const MAXIMUM_LENGTH = 128;
/** Of the four classes. */
const DEFAULT_CLASSES = 3;

interface CharacterClass {
  readonly pattern: RegExp;
  readonly required: (policy: PasswordPolicy) => boolean;
  readonly problem: string;
}

const CLASSES: readonly CharacterClass[] = [
  {
    pattern: /[A-Z]/,
    required: (policy) => policy.requireUppercaseCharacters,
    problem: "Password should have at least one uppercase letter",
  },
  {
    pattern: /[a-z]/,
    required: (policy) => policy.requireLowercaseCharacters,
    problem: "Password should have at least one lowercase letter",
  },
  {
    pattern: /[0-9]/,
    required: (policy) => policy.requireNumbers,
    problem: "Password should have at least one number",
  },
  {
    // contract 1.5: ! @ # $ % ^ & * ( ) _ + - = [ ] { } | '
    pattern: /[!@#$%^&*()_+\-=[\]{}|']/,
    required: (policy) => policy.requireSymbols,
    problem: "Password should have at least one symbol",
  },
];

/**
 * Why `password` may not be set, as AWS says it, or undefined. Without a policy of the account's own the default one holds;
 * `accountNames` (account id, alias, e-mail) may then not be the password, in whatever letter case.
 */
export function passwordProblem(
  password: string,
  policy: PasswordPolicy | undefined,
  accountNames: readonly string[],
): string | undefined {
  const length = lengthProblem(password, policy?.minimumPasswordLength ?? DEFAULT_MINIMUM_LENGTH);
  if (length !== undefined) return length;
  if (policy === undefined) return defaultProblem(password, accountNames);
  return CLASSES.find((row) => row.required(policy) && !row.pattern.test(password))?.problem;
}

function lengthProblem(password: string, minimum: number): string | undefined {
  if (password.length < minimum) return `Password should have a minimum length of ${minimum}`;
  if (password.length > MAXIMUM_LENGTH) return `Password should have a maximum length of ${MAXIMUM_LENGTH}`;
  return undefined;
}

function defaultProblem(password: string, accountNames: readonly string[]): string | undefined {
  const missing = CLASSES.filter(({ pattern }) => !pattern.test(password));
  const wanted = missing.length - (CLASSES.length - DEFAULT_CLASSES);
  if (wanted > 0) {
    const which = missing.map(({ problem }) => problem).join(", ");
    return `Password should meet ${wanted} more of the following requirements: ${which}`;
  }
  const folded = password.toLowerCase();
  if (accountNames.some((name) => name.toLowerCase() === folded)) {
    return "Password should not be the account name or email address";
  }
  return undefined;
}

/** A password that is set, by its hash, with its predecessors, newest first. */
export interface PasswordHistory {
  readonly passwordHash: string;
  readonly earlierHashes: readonly string[];
}

/** The hashes that a new password must not match: the last PasswordReusePrevention ones, the current included. */
export function barredHashes(
  history: PasswordHistory,
  policy: PasswordPolicy | undefined,
): readonly string[] {
  return [history.passwordHash, ...history.earlierHashes].slice(0, policy?.passwordReusePrevention ?? 0);
}

export const REUSE_PROBLEM =
  "Policy constraint violation with password reuse prevention during password change.";

/** What is remembered once the current password is replaced: always, since a policy may come later. */
export function earlierHashesAfter(history: PasswordHistory): readonly string[] {
  return [history.passwordHash, ...history.earlierHashes].slice(0, MAX_REMEMBERED);
}

/** When a password last changed at `changedAt` expires, or undefined where passwords do not. */
export function passwordExpiresAt(
  changedAt: EpochMs,
  policy: PasswordPolicy | undefined,
): EpochMs | undefined {
  const days = policy?.maxPasswordAge ?? 0;
  return days > 0 ? epochMs(changedAt + days * DAY) : undefined;
}

/** `expired`: must be changed at sign-in. `hard-expired`: only an administrator can set a new one (contract 1.5). */
export type PasswordAge = "current" | "expired" | "hard-expired";

export function passwordAge(
  changedAt: EpochMs,
  policy: PasswordPolicy | undefined,
  now: EpochMs,
): PasswordAge {
  const expiresAt = passwordExpiresAt(changedAt, policy);
  if (expiresAt === undefined || now < expiresAt) return "current";
  return policy?.hardExpiry === true ? "hard-expired" : "expired";
}
