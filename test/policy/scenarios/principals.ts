import type { AccountId, Arn, PrincipalId } from "#identity/ids.ts";
import type { ContextValue, RequestPrincipal } from "#policy/request.ts";
import { type Credential, named, type Row, type Scenario } from "./read.ts";

export const accountOf = (scenario: Scenario, { account }: { account?: string | undefined }): AccountId =>
  // a scenario's accounts have passed its schema
  (account ?? scenario.account) as AccountId;

export function userArn(scenario: Scenario, name: string): Arn {
  const user = named(scenario, scenario.users, name);
  return arn(`arn:aws:iam::${accountOf(scenario, user)}:user${user.path}${name}`);
}

export function roleArn(scenario: Scenario, name: string): Arn {
  const role = named(scenario, scenario.roles, name);
  return arn(`arn:aws:iam::${accountOf(scenario, role)}:role${role.path}${name}`);
}

/** A made-up unique id, the same for the same name. */
export const uniqueId = (prefix: "AIDA" | "AROA", name: string): PrincipalId =>
  id(
    prefix +
      name
        .toUpperCase()
        .replaceAll(/[^A-Z]/g, "X")
        .padEnd(17, "A")
        .slice(0, 17),
  );

// the brands: what a parser would make of these
const arn = (text: string): Arn => text as Arn;
const id = (text: string): PrincipalId => text as PrincipalId;

export function principalOf(scenario: Scenario, credential: Credential): RequestPrincipal {
  if (credential.kind === "root-key") {
    const accountId = accountOf(scenario, credential);
    return {
      kind: "root",
      accountId,
      arn: arn(`arn:aws:iam::${accountId}:root`),
      principalId: id(accountId),
    };
  }
  if (credential.kind === "role-session") return roleSession(scenario, credential);
  const accountId = accountOf(scenario, named(scenario, scenario.users, credential.user));
  const principalId = uniqueId("AIDA", credential.user);
  if (credential.kind === "federated-user") {
    const federated = arn(`arn:aws:sts::${accountId}:federated-user/${credential.name}`);
    return { kind: "federated-user", accountId, arn: federated, principalId };
  }
  return { kind: "user", accountId, arn: userArn(scenario, credential.user), principalId };
}

function roleSession(
  scenario: Scenario,
  { role, session }: Credential & { kind: "role-session" },
): RequestPrincipal {
  const accountId = accountOf(scenario, named(scenario, scenario.roles, role));
  return {
    kind: "role-session",
    accountId,
    // the role's path is not part of it (contract 2)
    arn: arn(`arn:aws:sts::${accountId}:assumed-role/${role}/${session}`),
    principalId: uniqueId("AROA", role),
    roleArn: roleArn(scenario, role),
  };
}

/** The keys of a call by their lower-case names, as the table of contract 2.2 has them. */
export function contextOf(scenario: Scenario, row: Row): ReadonlyMap<string, ContextValue> {
  const credential = named(scenario, scenario.credentials, row.who);
  const principal = principalOf(scenario, credential);
  const keys: Readonly<Record<string, ContextValue>> = {
    "aws:CurrentTime": scenario.now,
    "aws:EpochTime": String(Date.parse(scenario.now) / 1000),
    "aws:SecureTransport": "true",
    "aws:SourceIp": "192.0.2.10",
    "aws:UserAgent": "scenario",
    "aws:RequestedRegion": "us-east-1",
    "aws:ViaAWSService": "false",
    "aws:PrincipalIsAWSService": "false",
    "aws:PrincipalArn": principal.roleArn ?? principal.arn,
    "aws:PrincipalAccount": principal.accountId,
    ...ofKind(scenario, credential, principal),
    ...ofMfa(credential, row),
    ...row.context,
  };
  return new Map(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), value]));
}

type Keys = Readonly<Record<string, string>>;

function ofKind(
  scenario: Scenario,
  credential: Credential,
  { accountId, principalId }: RequestPrincipal,
): Keys {
  switch (credential.kind) {
    case "root-key":
      return { "aws:PrincipalType": "Account", "aws:userid": accountId };
    case "role-session": {
      const { tags } = named(scenario, scenario.roles, credential.role);
      const userid = `${principalId}:${credential.session}`;
      return { "aws:PrincipalType": "AssumedRole", "aws:userid": userid, ...tagKeys(tags) };
    }
    case "federated-user":
      return { "aws:PrincipalType": "FederatedUser", "aws:userid": `${accountId}:${credential.name}` };
    default: {
      const { tags } = named(scenario, scenario.users, credential.user);
      const self = { "aws:username": credential.user, "aws:userid": principalId };
      return { "aws:PrincipalType": "User", ...self, ...tagKeys(tags) };
    }
  }
}

const tagKeys = (tags: Keys): Keys =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]));

/** Absent for long-term keys; a code in the call itself counts, and is of this moment. */
function ofMfa(credential: Credential, { code }: Row): Keys {
  const isLongTerm = credential.kind === "long-term-key" || credential.kind === "root-key";
  const issued: Keys = isLongTerm ? {} : { "aws:TokenIssueTime": "2026-11-02T08:00:00Z" };
  const age = code ? 0 : credential.kind === "mfa-session" ? credential.age : undefined;
  if (age !== undefined) {
    return { ...issued, "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": String(age) };
  }
  return isLongTerm ? issued : { ...issued, "aws:MultiFactorAuthPresent": "false" };
}
