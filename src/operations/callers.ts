import { type EpochMs, MINUTE } from "#base/clock.ts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import type { ActingSession, SessionPolicies } from "#credentials/acting-session.ts";
import { openSessionToken, type SessionContent } from "#credentials/session-token.ts";
import type { Keyring } from "#crypto/keyring.ts";
import { assumedRoleArn, federatedUserArn, isAwsManaged } from "#identity/arns.ts";
import {
  type AccessKeyId,
  type AccountId,
  type Arn,
  accountOfAccessKeyId,
  type PrincipalId,
} from "#identity/ids.ts";
import { mergeTags } from "#identity/tags.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { NamedPolicy } from "#policy/request.ts";
import { accessKeyContext } from "#ports/sealed.ts";
import type { Reader } from "#ports/store.ts";
import type { Credential, PrincipalCaller, SessionCaller } from "./call.ts";
import { compiledPolicy, namedManaged } from "./compiled-policies.ts";
import { defaultDocument } from "./policies.ts";
import { loadRole, loadUser, type RolePrincipal, type UserPrincipal, userCaller } from "./principals.ts";
import { type Elapsed, type RevisionedCache, revisionedCache, watchRevisions } from "./revisioned-cache.ts";
import { unknownKey, unknownToken } from "./unproven.ts";

/** A caller whose signature is still to be checked, and the secret that it must have been made with. */
export interface KnownKey {
  readonly secretAccessKey: string;
  readonly caller: PrincipalCaller;
}

/**
 * Who calls with which key: read through a cache that is never staler than half a second (DESIGN 5). What cannot be read is
 * refused by the throw of the store.
 */
export interface Callers {
  /** The caller behind an access key id, or AWS's refusal (contract 2.1, 4.5). `now` is the moment of the call. */
  load(
    accessKeyId: string,
    sessionToken: string | undefined,
    now: EpochMs,
  ): Promise<Outcome<KnownKey, ServiceError>>;
  /** A user, root included, with all that decides about him. */
  user(account: AccountId, id: PrincipalId): Promise<UserPrincipal | undefined>;
  /** Forgets how fresh the account's entries are: this process has just changed something of it. */
  changed(account: AccountId): void;
}

/** Another process's clock may be ahead of this one's by two steps (DESIGN 3.8). */
const CLOCKS_DIFFER = MINUTE;

interface Caches {
  readonly keys: RevisionedCache<LongTermKey>;
  readonly users: RevisionedCache<UserPrincipal>;
  readonly roles: RevisionedCache<RolePrincipal>;
  /** Managed policies of sessions, by their ARN. */
  readonly managed: RevisionedCache<NamedPolicy>;
}

interface LongTermKey {
  readonly secretAccessKey: string;
  readonly principal: UserPrincipal;
}

export function openCallers(reader: Reader, keyring: Keyring, elapsed: Elapsed): Callers {
  const revisions = watchRevisions(reader, elapsed);
  const caches: Caches = {
    keys: revisionedCache(revisions, (_account, id) => loadLongTermKey(reader, keyring, id as AccessKeyId)),
    users: revisionedCache(revisions, (account, id) => loadUser(reader, account, id as PrincipalId)),
    roles: revisionedCache(revisions, (account, id) => loadRole(reader, account, id as PrincipalId)),
    managed: revisionedCache(revisions, (account, arn) => loadManaged(reader, account, arn as Arn)),
  };
  return {
    user: caches.users,
    changed: revisions.changed,
    async load(accessKeyId, sessionToken, now) {
      const account = accountOfAccessKeyId(accessKeyId);
      if (account === undefined) return refuse(unknownKey("no such form of access key id"));
      if (accessKeyId.startsWith("ASIA")) {
        const id = accessKeyId as AccessKeyId;
        const token = sessionToken === undefined ? undefined : openSessionToken(keyring, id, sessionToken);
        if (token?.accountId !== account) return refuse(unknownToken("the session token does not open"));
        return sessionCaller(caches, id, token, now);
      }
      if (sessionToken !== undefined) return refuse(unknownToken("a session token with a long-term key"));
      const key = await caches.keys(account, accessKeyId);
      if (key === undefined) return refuse(unknownKey("no such active key"));
      const credential = { type: "long-term", accessKeyId: accessKeyId as AccessKeyId } as const;
      return accept({ secretAccessKey: key.secretAccessKey, caller: userCaller(key.principal, credential) });
    },
  };
}

/** A temporary credential proves itself; its principal must exist and not have ended his sessions since (DESIGN 3.3). */
async function sessionCaller(
  caches: Caches,
  accessKeyId: AccessKeyId,
  token: SessionContent,
  now: EpochMs,
): Promise<Outcome<KnownKey, ServiceError>> {
  const { issuedAt, expiresAt, mfa, secretAccessKey } = token;
  if (now >= expiresAt) {
    return refuse(serviceError("ExpiredToken", "The security token included in the request is expired"));
  }
  // made by a clock that ran ahead: it would outlive its hours, and no revocation of today would end it
  if (issuedAt > now + CLOCKS_DIFFER) return refuse(unknownToken("the session is of a time to come"));
  const madeBy = token.acting?.madeBy ?? "GetSessionToken";
  const credential: Credential = { type: "session-token", madeBy, accessKeyId, issuedAt, expiresAt, mfa };
  const caller =
    token.acting === undefined
      ? await ownCaller(caches, token, credential)
      : await actingCaller(caches, token, token.acting, credential);
  return caller.ok ? accept({ secretAccessKey, caller: caller.value }) : caller;
}

/** The user whose session it is, if he is there and has not ended his sessions since. */
async function ownCaller(
  caches: Caches,
  token: SessionContent,
  credential: Credential,
): Promise<Outcome<PrincipalCaller, ServiceError>> {
  const principal = await liveUser(caches, token, token.issuedAt);
  return principal.ok ? accept(userCaller(principal.value, credential)) : principal;
}

async function liveUser(
  caches: Caches,
  { accountId, principalId }: Pick<SessionContent, "accountId" | "principalId">,
  issuedAt: EpochMs,
): Promise<Outcome<UserPrincipal, ServiceError>> {
  const principal = await caches.users(accountId, principalId);
  if (principal === undefined) return refuse(unknownToken("the session's principal is gone"));
  const { account, user } = principal;
  const ended = issuedAt <= Math.max(account.sessionsNotBefore, user.sessionsNotBefore);
  return ended ? refuse(unknownToken("the session was ended")) : accept(principal);
}

/** A session in which somebody acts as a role or as a federated user. It dies with that somebody, and with the role. */
async function actingCaller(
  caches: Caches,
  token: SessionContent,
  acting: ActingSession,
  credential: Credential,
): Promise<Outcome<PrincipalCaller, ServiceError>> {
  const origin = await liveUser(caches, acting.origin, token.issuedAt);
  if (!origin.ok) return origin;
  const session = await sessionPolicies(caches, token.accountId, acting.policies);
  if (acting.madeBy === "GetFederationToken") {
    return accept(federatedCaller(origin.value, acting, session, credential));
  }
  const role = await caches.roles(token.accountId, token.principalId);
  if (role === undefined) return refuse(unknownToken("the session's role is gone"));
  const notBefore = Math.max(role.account.sessionsNotBefore, role.role.sessionsNotBefore);
  if (token.issuedAt <= notBefore) return refuse(unknownToken("the role's sessions were ended"));
  return accept(roleCaller(role, acting, session, credential));
}

function roleCaller(
  { role, arn, policies }: RolePrincipal,
  acting: ActingSession,
  session: readonly NamedPolicy[] | undefined,
  credential: Credential,
): PrincipalCaller {
  return {
    kind: "role-session",
    accountId: role.accountId,
    principalId: role.roleId,
    arn: assumedRoleArn(role.accountId, role.roleName, acting.name),
    userName: undefined,
    session: sessionOf(acting, arn),
    tags: mergeTags(role.tags, acting.tags),
    policies: { ...policies, session },
    credential,
  };
}

/** What his maker may do, and the session policies allow: without any, nothing (contract 9.3). */
function federatedCaller(
  { user, policies }: UserPrincipal,
  acting: ActingSession,
  session: readonly NamedPolicy[] | undefined,
  credential: Credential,
): PrincipalCaller {
  return {
    kind: "federated-user",
    accountId: user.accountId,
    principalId: user.userId,
    arn: federatedUserArn(user.accountId, acting.name),
    userName: undefined,
    session: sessionOf(acting, undefined),
    tags: mergeTags(user.tags, acting.tags),
    policies: { ...policies, session: session ?? [] },
    credential,
  };
}

const sessionOf = (acting: ActingSession, roleArn: Arn | undefined): SessionCaller => ({
  name: acting.name,
  roleArn,
  sourceIdentity: acting.sourceIdentity,
  transitiveTags: acting.tags.filter(({ Key }) => acting.transitiveTagKeys.includes(Key)),
  origin: acting.origin,
});

/** A managed policy that is gone allows nothing, and the others go on. */
async function sessionPolicies(
  caches: Caches,
  account: AccountId,
  policies: SessionPolicies | undefined,
): Promise<readonly NamedPolicy[] | undefined> {
  if (policies === undefined) return undefined;
  const managed = await Promise.all(policies.managed.map((arn) => caches.managed(account, arn)));
  const inline =
    policies.inline === undefined
      ? []
      : [{ name: "session policy", compiled: compiledPolicy(policies.inline, "session") }];
  return [...inline, ...managed.filter((policy) => policy !== undefined)];
}

async function loadManaged(reader: Reader, account: AccountId, arn: Arn): Promise<NamedPolicy | undefined> {
  if (isAwsManaged(arn)) return namedManaged(arn, undefined);
  const document = await defaultDocument(reader, account, arn);
  return document === undefined ? undefined : namedManaged(arn, document);
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
  const principal = await loadUser(reader, row.accountId, row.userId);
  return principal && { secretAccessKey: Buffer.from(secret).toString("utf8"), principal };
}
