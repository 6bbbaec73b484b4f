import assert from "node:assert/strict";
import { epochMs, HOUR, SECOND } from "#base/clock.ts";
import { accountOf, roleArn } from "../policy/scenarios/principals.ts";
import { type Credential, named, parseScenario, type Scenario } from "../policy/scenarios/read.ts";
import type { Keys, TestAccount, World } from "../support/world.ts";
import { asKeys } from "./keys.ts";
import { makeEverybody, type People, type Person, type Place, policyArn } from "./scenario-cast.ts";

/** A scenario with accounts of a live world in the place of its own, and with everybody of it made there by real calls. */
export interface Stage {
  readonly scenario: Scenario;
  /** By account id. */
  readonly accounts: ReadonlyMap<string, TestAccount>;
  /** The keys of the credential called `name`, made when they are first asked for. */
  keys(name: string): Promise<Keys>;
  /** The members that give a code of the device of the credential's user. */
  factor(name: string): { readonly SerialNumber: string; readonly TokenCode: string };
}

/** A stage on which there are people and MFA sessions. */
interface Ready extends Place {
  readonly people: People;
  /** By the credential's name. */
  readonly made: Map<string, Keys>;
}

/** People and devices are there since then. */
const SET_UP_BEFORE = 2 * HOUR;

export async function openStage(world: World, written: Scenario): Promise<Stage> {
  const place = await withAccounts(world, written);
  const { scenario, accounts } = place;
  const now = Date.parse(scenario.now);
  world.now = epochMs(now - SET_UP_BEFORE);
  const people = await makeEverybody(place);
  const made = await mfaSessions(place, people);
  world.now = epochMs(now);
  return {
    scenario,
    accounts,
    keys: (name) => keysOf({ ...place, people, made }, name),
    factor: (name) => {
      const credential = named(scenario, scenario.credentials, name);
      assert.ok("user" in credential, `${name} has no device`);
      return factorOf(personOf(people, credential));
    },
  };
}

/** Each account id of the scenario becomes the id of a fresh account, wherever it stands. */
async function withAccounts(world: World, { file, ...written }: Scenario): Promise<Place> {
  const accounts = new Map<string, TestAccount>();
  let text = JSON.stringify(written);
  for (const id of new Set(text.match(/\b\d{12}\b/g))) {
    const account = await world.account();
    text = text.replaceAll(id, account.accountId);
    accounts.set(account.accountId, account);
  }
  return { world, scenario: parseScenario(file, text), accounts };
}

const personOf = (people: People, { user }: { readonly user: string }): Person =>
  people.get(user) ?? assert.fail(`nobody calls as ${user}`);

const factorOf = ({ phone, code }: Person) => ({ SerialNumber: phone.serial, TokenCode: code() });

/** The oldest first: time goes forward. */
async function mfaSessions({ world, scenario }: Place, people: People): Promise<Map<string, Keys>> {
  const made = new Map<string, Keys>();
  const wanted = Object.entries(scenario.credentials).flatMap(([name, credential]) =>
    credential.kind === "mfa-session" ? [{ name, ...credential }] : [],
  );
  for (const { name, user, age } of wanted.toSorted((one, other) => other.age - one.age)) {
    world.now = epochMs(Date.parse(scenario.now) - age * SECOND);
    const person = personOf(people, { user });
    const { Credentials } = await world.clients(person.keys).sts.getSessionToken(factorOf(person));
    made.set(name, asKeys(Credentials));
  }
  return made;
}

async function keysOf(ready: Ready, name: string): Promise<Keys> {
  const known = ready.made.get(name);
  if (known !== undefined) return known;
  const keys = await makeKeys(ready, named(ready.scenario, ready.scenario.credentials, name));
  ready.made.set(name, keys);
  return keys;
}

async function makeKeys(ready: Ready, credential: Credential): Promise<Keys> {
  const { world, scenario, accounts, people } = ready;
  switch (credential.kind) {
    case "root-key":
      return accounts.get(accountOf(scenario, credential))?.root ?? assert.fail("no such account");
    case "long-term-key":
      return personOf(people, credential).keys;
    case "mfa-session":
      return assert.fail("they were made before all others");
    case "session":
    case "federated-user":
      return userSession(world.clients(personOf(people, credential).keys).sts, scenario, credential);
    case "role-session": {
      const { sts } = world.clients(await keysOf(ready, credential.by));
      const role = { RoleArn: roleArn(scenario, credential.role), RoleSessionName: credential.session };
      const limits = sessionPolicies(scenario, credential.policies);
      return asKeys((await sts.assumeRole({ ...role, ...limits })).Credentials);
    }
  }
}

async function userSession(
  sts: ReturnType<World["clients"]>["sts"],
  scenario: Scenario,
  credential: Credential & { readonly kind: "session" | "federated-user" },
): Promise<Keys> {
  if (credential.kind === "session") return asKeys((await sts.getSessionToken({})).Credentials);
  const limits = sessionPolicies(scenario, credential.policies);
  return asKeys((await sts.getFederationToken({ Name: credential.name, ...limits })).Credentials);
}

/** One goes as it is, several as managed policies. */
function sessionPolicies(scenario: Scenario, names: readonly string[] = []) {
  const [first, ...more] = names;
  if (first === undefined) return {};
  if (more.length > 0) return { PolicyArns: names.map((name) => ({ arn: policyArn(scenario, name) })) };
  return { Policy: JSON.stringify(named(scenario, scenario.policies, first)) };
}
