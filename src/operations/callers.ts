import { type EpochMs, MINUTE } from "#base/clock.ts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { openSessionToken } from "#credentials/session-token.ts";
import type { Keyring } from "#crypto/keyring.ts";
import { rootArn, userArn } from "#identity/arns.ts";
import {
  type AccessKeyId,
  type AccountId,
  type Arn,
  accountOfAccessKeyId,
  isRootOf,
  type PrincipalId,
} from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { accessKeyContext } from "#ports/sealed.ts";
import type { AccountRow, Reader, UserRow } from "#ports/store.ts";
import type { Credential, PrincipalCaller } from "./call.ts";

/** A caller whose signature is still to be checked, and the secret that it must have been made with. */
export interface KnownKey {
  readonly secretAccessKey: string;
  readonly caller: PrincipalCaller;
}

/**
 * Who calls with which key: read through a cache that is never staler than `FRESH_MS` (DESIGN 5). What cannot be read is
 * refused by the throw of the store.
 */
export interface Callers {
  /** The caller behind an access key id, or AWS's refusal (contract 2.1, 4.5). `now` is the moment of the call. */
  load(
    accessKeyId: string,
    sessionToken: string | undefined,
    now: EpochMs,
  ): Promise<Outcome<KnownKey, ServiceError>>;
  /** Forgets how fresh the account's entries are: this process has just changed something of it. */
  changed(account: AccountId): void;
}

const FRESH_MS = 500;
/** Milliseconds that only ever grow: the machine's clock may be set while the server runs. */
export type Elapsed = () => number;
/** Another process's clock may be ahead of this one's by two steps (DESIGN 3.8). */
const CLOCKS_DIFFER = MINUTE;
/** Entries beyond this many are dropped, oldest first. */
const CAPACITY = 20_000;
/** More policies than a user may have attached. */
const ALL_POLICIES = { limit: 1000 };

interface Principal {
  readonly account: AccountRow;
  readonly user: UserRow;
  readonly attachedPolicies: readonly Arn[];
  readonly mayChangeOwnPassword: boolean;
}

interface LongTermKey {
  readonly secretAccessKey: string;
  readonly principal: Principal;
}

/** With the sentence's final dot for keys, without it for tokens, as AWS answers (contract 4.5). */
const unknownKey = (reason: string): ServiceError =>
  serviceError("InvalidClientTokenId", "The security token included in the request is invalid.", reason);
const unknownToken = (reason: string): ServiceError =>
  serviceError("InvalidClientTokenId", "The security token included in the request is invalid", reason);

export function openCallers(reader: Reader, keyring: Keyring, elapsed: Elapsed): Callers {
  const keys = revisionedCache(reader, elapsed, (id: string) =>
    loadLongTermKey(reader, keyring, id as AccessKeyId),
  );
  const principals = revisionedCache(reader, elapsed, (id: string) => {
    const [account, user] = id.split("/") as [AccountId, PrincipalId];
    return loadPrincipal(reader, account, user);
  });
  const changed = (account: AccountId): void => {
    keys.changed(account);
    principals.changed(account);
  };
  return {
    changed,
    async load(accessKeyId, sessionToken, now) {
      const account = accountOfAccessKeyId(accessKeyId);
      if (account === undefined) return refuse(unknownKey("no such form of access key id"));
      if (accessKeyId.startsWith("ASIA")) {
        const id = accessKeyId as AccessKeyId;
        return sessionCaller(principals, keyring, account, id, sessionToken, now);
      }
      if (sessionToken !== undefined) return refuse(unknownToken("a session token with a long-term key"));
      const key = await keys.load(account, accessKeyId);
      if (key === undefined) return refuse(unknownKey("no such active key"));
      const credential = { type: "long-term", accessKeyId: accessKeyId as AccessKeyId } as const;
      return accept({ secretAccessKey: key.secretAccessKey, caller: callerOf(key.principal, credential) });
    },
  };
}

/** A temporary credential proves itself; its principal must exist and not have ended his sessions since (DESIGN 3.3). */
async function sessionCaller(
  principals: RevisionedCache<Principal>,
  keyring: Keyring,
  account: AccountId,
  accessKeyId: AccessKeyId,
  sessionToken: string | undefined,
  now: EpochMs,
): Promise<Outcome<KnownKey, ServiceError>> {
  const token = sessionToken === undefined ? undefined : openSessionToken(keyring, accessKeyId, sessionToken);
  if (token === undefined || token.accountId !== account)
    return refuse(unknownToken("the session token does not open"));
  if (now >= token.expiresAt) {
    return refuse(serviceError("ExpiredToken", "The security token included in the request is expired"));
  }
  // made by a clock that ran ahead: it would outlive its hours, and no revocation of today would end it
  if (token.issuedAt > now + CLOCKS_DIFFER) return refuse(unknownToken("the session is of a time to come"));
  const principal = await principals.load(account, `${account}/${token.principalId}`);
  if (principal === undefined) return refuse(unknownToken("the session's principal is gone"));
  const notBefore = Math.max(principal.account.sessionsNotBefore, principal.user.sessionsNotBefore);
  if (token.issuedAt <= notBefore) return refuse(unknownToken("the session was ended"));
  const { issuedAt, expiresAt, mfa } = token;
  const credential: Credential = { type: "session-token", accessKeyId, issuedAt, expiresAt, mfa };
  return accept({ secretAccessKey: token.secretAccessKey, caller: callerOf(principal, credential) });
}

function callerOf(principal: Principal, credential: Credential): PrincipalCaller {
  const { user, attachedPolicies, mayChangeOwnPassword } = principal;
  const root = isRootOf(user.userId, user.accountId);
  return {
    kind: root ? "root" : "user",
    accountId: user.accountId,
    principalId: user.userId,
    arn: root ? rootArn(user.accountId) : userArn(user.accountId, user.path, user.userName),
    userName: root ? undefined : user.userName,
    tags: user.tags,
    attachedPolicies,
    mayChangeOwnPassword,
    credential,
  };
}

async function loadLongTermKey(
  reader: Reader,
  keyring: Keyring,
  id: AccessKeyId,
): Promise<LongTermKey | undefined> {
  const row = await reader.accessKeys.load(id);
  if (row?.status !== "Active") return undefined;
  const secret = keyring.open("access-key", accessKeyContext(row.accountId, id), row.sealedSecret);
  if (secret === undefined)
    throw new Error(`the secret of access key \`${id}\` does not open under the keys at hand`);
  const principal = await loadPrincipal(reader, row.accountId, row.userId);
  return principal && { secretAccessKey: Buffer.from(secret).toString("utf8"), principal };
}

async function loadPrincipal(
  reader: Reader,
  account: AccountId,
  id: PrincipalId,
): Promise<Principal | undefined> {
  const [accountRow, user, attachedPolicies, passwordPolicy] = await Promise.all([
    reader.accounts.load(account),
    reader.users.byId(account, id),
    reader.attachments.listFor(account, id, ALL_POLICIES),
    reader.passwordPolicies.load(account),
  ]);
  if (accountRow === undefined || user === undefined) return undefined;
  const mayChangeOwnPassword = passwordPolicy?.allowUsersToChangePassword === true;
  return { account: accountRow, user, attachedPolicies, mayChangeOwnPassword };
}

interface RevisionedCache<T> {
  load(account: AccountId, id: string): Promise<T | undefined>;
  changed(account: AccountId): void;
}

/**
 * Entries are good for one revision of their account, and the revision is read again when it was read longer ago than
 * `FRESH_MS`. It is read before the rows it stands for, so a change in between makes the entry old, never wrongly new.
 * What is not there is not remembered.
 */
function revisionedCache<T>(
  reader: Reader,
  elapsed: Elapsed,
  loadEntry: (id: string) => Promise<T | undefined>,
): RevisionedCache<T> {
  const revisions = new Map<
    AccountId,
    { readonly revision: Promise<number | undefined>; readonly readAt: number }
  >();
  const entries = new Map<string, { readonly revision: number; readonly value: T }>();

  function currentRevision(account: AccountId): Promise<number | undefined> {
    const known = revisions.get(account);
    if (known !== undefined && elapsed() - known.readAt < FRESH_MS) return known.revision;
    const revision = reader.accounts.revision(account);
    remember(revisions, account, { revision, readAt: elapsed() });
    revision.catch(() => revisions.delete(account));
    return revision;
  }

  return {
    changed: (account) => void revisions.delete(account),
    async load(account, id) {
      const revision = await currentRevision(account);
      if (revision === undefined) return undefined;
      const entry = entries.get(id);
      if (entry?.revision === revision) return entry.value;
      const value = await loadEntry(id);
      if (value === undefined) entries.delete(id);
      else remember(entries, id, { revision, value });
      return value;
    },
  };
}

function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= CAPACITY) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}
