import type { Outcome } from "#base/outcome.ts";

/**
 * Hashes passwords with argon2id, at most cores - 1 at once; when the bounded queue is full the answer is `busy`, before any
 * work is done (DESIGN 3.7).
 */
export interface PasswordHasher {
  /** The encoded hash (parameters, salt and digest in one string). */
  hash(password: string): Promise<Outcome<string, "busy">>;
  /** Whether `password` is the one behind `encoded`. */
  verify(password: string, encoded: string): Promise<Outcome<boolean, "busy">>;
  /** Whether `encoded` was made with weaker parameters than today's: hash again at the next right password. */
  needsRehash(encoded: string): boolean;
}
