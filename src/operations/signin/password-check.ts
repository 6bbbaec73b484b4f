import { toBase64 } from "#base/bytes.ts";
import type { Outcome } from "#base/outcome.ts";
import type { Rank } from "#crypto/gate.ts";
import type { PasswordHasher } from "#crypto/password.ts";
import type { LoginProfileRow } from "#ports/passwords.ts";
import type { Store } from "#ports/store.ts";
import type { Person } from "./people.ts";
import type { Visit } from "./visit.ts";

/** What nobody's password is checked against, for each hasher. */
const decoys = new WeakMap<PasswordHasher, string>();

/**
 * Whether the password is this person's. It takes one hash whoever is named, with a decoy where there is nobody, so that the
 * time tells nothing (guarantee 6). `busy`: too many are hashed, and nothing was done.
 */
export async function checkPassword(
  { deps }: Visit,
  password: string,
  profile: LoginProfileRow | undefined,
  rank: Rank,
): Promise<Outcome<boolean, "busy">> {
  const { passwords } = deps;
  if (profile !== undefined) return passwords.verify(password, profile.passwordHash, rank);
  const decoy = decoys.get(passwords);
  if (decoy !== undefined) {
    const checked = await passwords.verify(password, decoy, rank);
    return checked.ok ? { ok: true, value: false } : checked;
  }
  // making the decoy is the one hash that this check takes
  const made = await passwords.hash(toBase64(deps.random(32)));
  if (!made.ok) return made;
  decoys.set(passwords, made.value);
  return { ok: true, value: false };
}

/** Hashes a right password again where its hash is of weaker parameters than today's (DESIGN 3.7). */
export async function raiseHash(
  store: Store,
  { deps }: Visit,
  password: string,
  { profile }: Person,
): Promise<void> {
  if (!deps.passwords.needsRehash(profile.passwordHash)) return;
  const hashed = await deps.passwords.hash(password);
  if (!hashed.ok) return;
  const raised = { ...profile, passwordHash: hashed.value };
  await store.write((tx) => tx.loginProfiles.replace(raised, profile.passwordHash));
}
