import { accept } from "#base/outcome.ts";
import type { Transaction } from "#ports/store.ts";
import { readToken } from "#signin/token.ts";
import { clearCookie } from "../cookies.ts";
import { signInEvent } from "./events.ts";
import { halfWayToken } from "./half-way.ts";
import { loadSession } from "./sessions.ts";
import type { SignInOperation, SignInResult, Visit } from "./visit.ts";

/** Ends the browser's session and its half-way sign-in. What was over already is none the worse for it. */
export const SignOut: SignInOperation<object> = ({ store }, visit) => store.write((tx) => leave(tx, visit));

async function leave(tx: Transaction, visit: Visit): Promise<SignInResult> {
  const session = await loadSession(tx, visit);
  for (const [token, end] of [
    [readToken(visit.cookies.session), tx.consoleSessions.end],
    [halfWayToken(visit), tx.signIns.take],
  ] as const) {
    if (token !== undefined) await end(token.accountId, token.tokenHash);
  }
  if (session.ok) {
    const { mfa } = session.value.row;
    const ending = { name: "SignOut", mfaUsed: mfa !== undefined, mfa } as const;
    await tx.events.append(signInEvent(visit, session.value.person, ending));
  }
  return accept({ output: {}, cookies: [clearCookie("session"), clearCookie("signin")] });
}
