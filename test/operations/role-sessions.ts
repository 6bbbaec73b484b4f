import assert from "node:assert/strict";
import type { AssumeRoleCommandInput } from "@aws-sdk/client-sts";
import type { RawResponse } from "#wire/raw.ts";
import type { Keys, TestAccount, World } from "../support/world.ts";
import { asKeys } from "./keys.ts";
import { createDevice, createUser, enable, type Phone, refusedAs } from "./mfa-world.ts";

export const policy = (...Statement: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement });

export const allow = (Action: string | readonly string[], Resource: string | readonly string[] = "*") =>
  policy({ Effect: "Allow", Action, Resource });

/** One statement of a trust policy; by default it trusts the account. */
export const trust = (account: TestAccount, rest: object = {}) => ({
  Effect: "Allow",
  Principal: { AWS: account.accountId },
  Action: "sts:AssumeRole",
  ...rest,
});

export const roleArn = ({ accountId }: TestAccount, name: string): string =>
  `arn:aws:iam::${accountId}:role/${name}`;

/** A role of `account` and its ARN. */
export async function createRole(
  world: World,
  account: TestAccount,
  RoleName: string,
  statements: readonly object[] = [trust(account)],
  more: { readonly may?: string; readonly MaxSessionDuration?: number; readonly Path?: string } = {},
): Promise<string> {
  const { iam } = world.clients(account.admin);
  const { may, ...rest } = more;
  const made = await iam.createRole({ RoleName, AssumeRolePolicyDocument: policy(...statements), ...rest });
  if (may !== undefined) await iam.putRolePolicy({ RoleName, PolicyName: "may", PolicyDocument: may });
  return made.Role?.Arn ?? assert.fail("no role");
}

/** A user who may do what `may` says, by default assume whatever trusts his account. */
export async function createPerson(
  world: World,
  account: TestAccount,
  UserName: string,
  may = allow(["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]),
): Promise<Keys> {
  const keys = await createUser(world, account.admin, UserName);
  await world.clients(account.admin).iam.putUserPolicy({ UserName, PolicyName: "may", PolicyDocument: may });
  return keys;
}

export async function createPhone(world: World, account: TestAccount, user: string): Promise<Phone> {
  const phone = await createDevice(world, account.admin, `${user}-${world.now}`);
  await enable(world, account.admin, user, phone);
  return phone;
}

type Assuming = Partial<AssumeRoleCommandInput>;

export const assume = (world: World, keys: Keys, RoleArn: string, more: Assuming = {}) =>
  world.clients(keys).sts.assumeRole({ RoleArn, RoleSessionName: "session", ...more });

/** The keys of a session of the role. */
export const assumed = async (world: World, keys: Keys, RoleArn: string, more: Assuming = {}) =>
  asKeys((await assume(world, keys, RoleArn, more)).Credentials);

export const notAuthorized = (arn: string, resource: string, action = "sts:AssumeRole") =>
  [
    "AccessDenied",
    403,
    `User: ${arn} is not authorized to perform: ${action} on resource: ${resource}`,
  ] as const;

export const arnOf = async (world: World, keys: Keys): Promise<string> =>
  (await world.clients(keys).sts.getCallerIdentity({})).Arn ?? "";

/** Asserts AWS's sentence for a denied AssumeRole, or for another action that it takes. */
export async function refusedRole(
  world: World,
  keys: Keys,
  role: string,
  more: Assuming = {},
  action?: string,
): Promise<void> {
  await refusedAs(assume(world, keys, role, more), notAuthorized(await arnOf(world, keys), role, action));
}

/** The answer to `call` as it went out, whatever the client made of it. */
export async function answered(world: World, call: () => Promise<unknown>): Promise<RawResponse> {
  const { send } = world;
  const seen: RawResponse[] = [];
  world.send = async (raw) => {
    const response = await send(raw);
    seen.push(response);
    return response;
  };
  try {
    await call().catch(() => undefined);
  } finally {
    world.send = send;
  }
  return seen.at(-1) ?? assert.fail("nothing was answered");
}

export const header = ({ headers }: RawResponse, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
};
