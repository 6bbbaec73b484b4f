import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Reader } from "#ports/store.ts";
import type { PrincipalCaller } from "./call.ts";

/** With the sentence's final dot for keys, without it for tokens, as AWS answers (contract 4.5). */
export const unknownKey = (reason: string): ServiceError =>
  serviceError("InvalidClientTokenId", "The security token included in the request is invalid.", reason);
export const unknownToken = (reason: string): ServiceError =>
  serviceError("InvalidClientTokenId", "The security token included in the request is invalid", reason);

/**
 * Why the credential that signed the call is no longer good, as the store has it now. Callers come from a cache that may be
 * half a second old: nothing that outlives it may be made with what was ended since.
 */
export async function nowUnproven(store: Reader, caller: PrincipalCaller): Promise<ServiceError | undefined> {
  const { credential, session, accountId, principalId } = caller;
  if (credential.type === "long-term") {
    const key = await store.accessKeys.load(credential.accessKeyId);
    return key?.status === "Active" ? undefined : unknownKey("no such active key any more");
  }
  const origin = session?.origin ?? caller;
  const ends = [
    await store.accounts.load(origin.accountId),
    await store.users.byId(origin.accountId, origin.principalId),
    ...(caller.kind === "role-session"
      ? [await store.accounts.load(accountId), await store.roles.byId(accountId, principalId)]
      : []),
  ];
  const lives = ends.every((row) => row !== undefined && credential.issuedAt > row.sessionsNotBefore);
  return lives ? undefined : unknownToken("the session was ended meanwhile");
}
