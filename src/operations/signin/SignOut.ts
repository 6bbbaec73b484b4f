import { accept } from "#base/outcome.ts";
import type { Transaction } from "#ports/store.ts";
import { readToken } from "#signin/token.ts";
import { clearCookie } from "./cookies.ts";
import { signInEvent } from "./events.ts";
import { loadSession } from "./sessions.ts";
import type { SignInOperation, SignInResult, Visit } from "./visit.ts";

/** Ends the browser's session and its half-way sign-in. What was over already is none the worse for it. */
export const SignOut: SignInOperation<object> = ({ store }, visit) => store.write((tx) => end(tx, visit));

async function end(tx: Transaction, visit: Visit): Promise<SignInResult> {
  const session = await loadSession(tx, visit);
  for (const [name, rows] of [
    ["session", tx.consoleSessions.end],
    ["signin", tx.signIns.take],
  ] as const) {
    const token = readToken(visit.cookies[name]);
    if (token !== undefined) await rows(token.accountId, token.tokenHash);
  }
  if (session.ok) {
    const { mfa } = session.value.row;
    const ending = { name: "SignOut", mfaUsed: mfa !== undefined, mfa } as const;
    await tx.events.append(signInEvent(visit, session.value.person, ending));
  }
  return accept({ output: {}, cookies: [clearCookie("session"), clearCookie("signin")] });
}
