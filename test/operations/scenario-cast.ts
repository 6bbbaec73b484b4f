import assert from "node:assert/strict";
import { accountOf } from "../policy/scenarios/principals.ts";
import { named, type Scenario } from "../policy/scenarios/read.ts";
import type { Keys, TestAccount, World } from "../support/world.ts";
import { asKeys } from "./keys.ts";
import { createDevice, enable, type Phone } from "./mfa-world.ts";

/** Where a scenario plays: its accounts are the world's. */
export interface Place {
  readonly world: World;
  readonly scenario: Scenario;
  readonly accounts: ReadonlyMap<string, TestAccount>;
}

/** Somebody who calls. */
export interface Person {
  readonly keys: Keys;
  readonly phone: Phone;
  /** A code that was not given yet. */
  readonly code: () => string;
}

export type People = ReadonlyMap<string, Person>;

/** Makes everything that the scenario describes, as its administrators would; whom its credentials are of gets keys and a device. */
export async function makeEverybody(place: Place): Promise<People> {
  await makePolicies(place);
  await makeGroups(place);
  const people = await makePeople(place);
  await makeRoles(place);
  return people;
}

export const policyArn = ({ account }: Scenario, name: string) => `arn:aws:iam::${account}:policy/${name}`;

function adminOf({ world, scenario, accounts }: Place, holder: { readonly account?: string | undefined }) {
  const { admin } = accounts.get(accountOf(scenario, holder)) ?? assert.fail("no such account");
  return { admin, iam: world.clients(admin).iam };
}

async function makePolicies(place: Place): Promise<void> {
  const { iam } = adminOf(place, {});
  for (const [PolicyName, document] of Object.entries(place.scenario.policies))
    await iam.createPolicy({ PolicyName, PolicyDocument: JSON.stringify(document) });
}

async function makeGroups(place: Place): Promise<void> {
  const { scenario } = place;
  const { iam } = adminOf(place, {});
  for (const [GroupName, { inline, attached }] of Object.entries(scenario.groups)) {
    await iam.createGroup({ GroupName });
    for (const [PolicyName, document] of Object.entries(inline))
      await iam.putGroupPolicy({ GroupName, PolicyName, PolicyDocument: JSON.stringify(document) });
    for (const name of attached)
      await iam.attachGroupPolicy({ GroupName, PolicyArn: policyArn(scenario, name) });
  }
}

async function makePeople(place: Place): Promise<People> {
  const { scenario } = place;
  const people = new Map<string, Person>();
  const credentials = Object.values(scenario.credentials);
  for (const name of Object.keys(scenario.users)) {
    await makeUser(place, name);
    const calls = credentials.some((each) => "user" in each && each.user === name);
    if (calls) people.set(name, await equip(place, name));
  }
  return people;
}

async function makeUser(place: Place, UserName: string): Promise<void> {
  const { scenario } = place;
  const { path, tags, inline, attached, groups, ...user } = named(scenario, scenario.users, UserName);
  const { iam } = adminOf(place, user);
  const boundary = user.boundary && { PermissionsBoundary: policyArn(scenario, user.boundary) };
  await iam.createUser({ UserName, Path: path, Tags: tagList(tags), ...boundary });
  for (const [PolicyName, document] of Object.entries(inline))
    await iam.putUserPolicy({ UserName, PolicyName, PolicyDocument: JSON.stringify(document) });
  for (const name of attached) await iam.attachUserPolicy({ UserName, PolicyArn: policyArn(scenario, name) });
  for (const GroupName of groups) await iam.addUserToGroup({ GroupName, UserName });
}

async function equip(place: Place, UserName: string): Promise<Person> {
  const { world, scenario } = place;
  const { admin, iam } = adminOf(place, named(scenario, scenario.users, UserName));
  const { AccessKey } = await iam.createAccessKey({ UserName });
  const phone = await createDevice(world, admin, `phone-of-${UserName}`);
  await enable(world, admin, UserName, phone);
  return { keys: asKeys(AccessKey), phone, code: codesOf(phone) };
}

const tagList = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** Each of the codes that the window takes at a moment, once. */
function codesOf(phone: Phone): () => string {
  const given = new Set<string>();
  return () => {
    const code = [0, 1, -1, 2, -2].map(phone.code).find((each) => !given.has(each));
    assert.ok(code !== undefined, "every code of the window was given");
    given.add(code);
    return code;
  };
}

/** All are there before any of them is named in the trust of another. */
async function makeRoles(place: Place): Promise<void> {
  const { scenario } = place;
  for (const name of Object.keys(scenario.roles)) await makeRole(place, name);
  for (const [RoleName, role] of Object.entries(scenario.roles)) {
    const { iam } = adminOf(place, role);
    await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: JSON.stringify(role.trust) });
  }
}

async function makeRole(place: Place, RoleName: string): Promise<void> {
  const { scenario } = place;
  const { path, tags, inline, attached, ...role } = named(scenario, scenario.roles, RoleName);
  const { iam } = adminOf(place, role);
  const boundary = role.boundary && { PermissionsBoundary: policyArn(scenario, role.boundary) };
  const AssumeRolePolicyDocument = trusting(accountOf(scenario, role));
  await iam.createRole({ RoleName, Path: path, AssumeRolePolicyDocument, Tags: tagList(tags), ...boundary });
  for (const [PolicyName, document] of Object.entries(inline))
    await iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument: JSON.stringify(document) });
  for (const name of attached) await iam.attachRolePolicy({ RoleName, PolicyArn: policyArn(scenario, name) });
}

const trusting = (account: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" }],
  });
