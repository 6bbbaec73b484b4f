import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { type AccountId, ID_PREFIXES, type PrincipalId } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { PolicyDocument, PrincipalElement } from "#policy/document/document.ts";
import { parsePolicy } from "#policy/document/parse.ts";
import { invalidPrincipal, principalArns } from "#policy/document/principals.ts";
import type { RoleRow, TrustBindings } from "#ports/roles.ts";
import type { Reader } from "#ports/store.ts";
import { arnOfRole } from "./roles.ts";
import { arnOfUser } from "./users.ts";

/** Somebody whom a trust policy names and who exists; `binds` is his unique id where he is a user or role. */
interface Named {
  readonly binds: PrincipalId | undefined;
}

interface NamedForm {
  /** Captures the account, and the name where there is one. */
  readonly form: RegExp;
  readonly find: (store: Reader, account: AccountId, name: string, arn: string) => Promise<Named | undefined>;
}

/** What may stand under `AWS`, but for `*`. The ARN of a user or role must be his to the letter, path and case included. */
const NAMED: readonly NamedForm[] = [
  {
    form: /^arn:aws:iam::(\d{12}):user\/(?:.*\/)?([^/]+)$/,
    find: async (store, account, name, arn) => {
      const user = await store.users.byName(account, name);
      return user && arnOfUser(user) === arn ? { binds: user.userId } : undefined;
    },
  },
  {
    form: /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/,
    find: async (store, account, name, arn) => {
      const role = await store.roles.byName(account, name);
      return role && arnOfRole(role) === arn ? { binds: role.roleId } : undefined;
    },
  },
  {
    form: /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\//,
    find: async (store, account, name) => {
      const role = await store.roles.byName(account, name);
      return role && { binds: undefined };
    },
  },
  {
    form: /^(?:arn:aws:(?:iam|sts)::)?(\d{12})(?:$|:root$|:federated-user\/)/,
    find: async (store, account) => {
      const revision = await store.accounts.revision(account);
      return revision === undefined ? undefined : { binds: undefined };
    },
  },
];

/**
 * The unique ids of the users and roles that a trust policy names, or why it cannot be stored: every account, user and role
 * under `AWS` must be of this deployment (contract 9.1). As on AWS a unique id names nobody: a policy that shows one of
 * somebody deleted cannot be stored again.
 */
export async function bindTrust(
  store: Reader,
  document: PolicyDocument,
): Promise<Outcome<TrustBindings, ServiceError>> {
  const bindings: Record<string, PrincipalId> = {};
  for (const value of principalArns(document)) {
    const named = await findNamed(store, value);
    if (named === undefined) {
      return refuse(serviceError("MalformedPolicyDocument", invalidPrincipal({ type: "AWS", value })));
    }
    if (named.binds !== undefined) bindings[value] = named.binds;
  }
  return accept(bindings);
}

async function findNamed(store: Reader, value: string): Promise<Named | undefined> {
  for (const { form, find } of NAMED) {
    const [, account, name = ""] = form.exec(value) ?? [];
    // the form has twelve digits for the account
    if (account !== undefined) return find(store, account as AccountId, name, value);
  }
  return undefined;
}

/** The role's trust policy as it decides: who was named is meant by unique id, even when another has taken his name. */
export function boundTrust({ trustDocument, trustBindings }: RoleRow): PolicyDocument | undefined {
  const document = parsePolicy(trustDocument, "trust");
  if (!document.ok) return undefined;
  const ids = new Map(Object.entries(trustBindings));
  const bound = (element: PrincipalElement): PrincipalElement =>
    element.type === "AWS" ? { ...element, value: ids.get(element.value) ?? element.value } : element;
  const statements = document.value.statements.map(({ principals, ...statement }) => ({
    ...statement,
    principals: principals && { ...principals, values: principals.values.map(bound) },
  }));
  return { ...document.value, statements };
}

/** The ARNs that bound users and roles go by now; who is gone has none. */
export type LivePrincipals = ReadonlyMap<PrincipalId, string>;

export async function livePrincipals(store: Reader, roles: readonly RoleRow[]): Promise<LivePrincipals> {
  const bound = new Map(
    roles.flatMap(({ trustBindings }) => Object.entries(trustBindings).map(([arn, id]) => [id, arn])),
  );
  const live = new Map<PrincipalId, string>();
  for (const [id, arn] of bound) {
    const now = await arnNow(store, arn, id);
    if (now !== undefined) live.set(id, now);
  }
  return live;
}

/** `arn` is what he went by when he was bound: it has his account. */
async function arnNow(store: Reader, arn: string, id: PrincipalId): Promise<string | undefined> {
  // a bound ARN has an account id in its fifth field
  const account = arn.split(":")[4] as AccountId;
  if (id.startsWith(ID_PREFIXES.user)) {
    const user = await store.users.byId(account, id);
    return user && arnOfUser(user);
  }
  const role = await store.roles.byId(account, id);
  return role && arnOfRole(role);
}

/**
 * The role's trust policy as it is shown: as it was given, but with the ARN that who is named has now, and with the unique id of
 * who is gone (contract 9.1).
 */
export function renderTrust({ trustDocument, trustBindings }: RoleRow, live: LivePrincipals): string {
  const shown = Object.entries(trustBindings).map(([arn, id]) => [arn, live.get(id) ?? id] as const);
  if (shown.every(([arn, now]) => arn === now)) return trustDocument;
  const names: ReadonlyMap<unknown, string> = new Map(shown);
  const renamed = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(renamed) : (names.get(value) ?? value);
  return JSON.stringify(
    JSON.parse(trustDocument, (key, value) =>
      isPrincipals(key, value) ? { ...value, AWS: renamed(value.AWS) } : value,
    ),
  );
}

const isPrincipals = (key: string, value: unknown): value is { readonly AWS: unknown } =>
  (key === "Principal" || key === "NotPrincipal") &&
  typeof value === "object" &&
  value !== null &&
  "AWS" in value;
