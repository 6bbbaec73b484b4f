import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { READY_MADE_DOCUMENTS } from "../../../console/src/pages/policies/ready-made-documents.ts";

/**
 * A scenario: who there is, with which policies; with what they call; and what each call comes to. The same file can be run
 * through the engine, the simulator's operations and a live server. Names are unique in a file, over its accounts too, and
 * an unknown member or name is an error, so that a typo fails.
 */
export type Scenario = z.infer<typeof scenario> & { readonly file: string };
export type Credential = z.infer<typeof credential>;
export type Row = z.infer<typeof row>;

const accountId = z.string().regex(/^\d{12}$/);
const path = z
  .string()
  .regex(/^\/(?:.+\/)?$/)
  .default("/");
const tags = z.record(z.string(), z.string()).default({});
/** As JSON; whether it is a policy is the parser's business. */
const document = z.record(z.string(), z.json());
const documents = z.record(z.string(), document).default({});
/** Names of `policies`. */
const names = z.array(z.string());

/** What people and roles have alike. `account` where it is not the scenario's own. */
const holder = {
  account: accountId.optional(),
  path,
  tags,
  inline: documents,
  attached: names.default([]),
  boundary: z.string().optional(),
};

const user = z.strictObject({ ...holder, groups: names.default([]) });
const role = z.strictObject({ ...holder, trust: document });
const group = z.strictObject({ inline: documents, attached: names.default([]) });

const credential = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("long-term-key"), user: z.string() }),
  /** Of GetSessionToken without a code, or of the console without a factor. */
  z.strictObject({ kind: z.literal("session"), user: z.string() }),
  /** With one, `age` seconds ago. */
  z.strictObject({ kind: z.literal("mfa-session"), user: z.string(), age: z.int().nonnegative() }),
  z.strictObject({
    kind: z.literal("role-session"),
    role: z.string(),
    /** Its name. */
    session: z.string(),
    /** The credential that assumed it. */
    by: z.string(),
    /** Session policies; without the member the session was made without any. */
    policies: names.optional(),
  }),
  z.strictObject({
    kind: z.literal("federated-user"),
    user: z.string(),
    /** As GetFederationToken was given it. */
    name: z.string(),
    policies: names.optional(),
  }),
  z.strictObject({ kind: z.literal("root-key"), account: accountId.optional() }),
]);

const row = z.strictObject({
  /** A name of `credentials`. */
  who: z.string(),
  action: z.string(),
  resource: z.string(),
  /** Keys of the call beyond those that follow from the credential. */
  context: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
  /** The call carries a valid code of the caller's device (sts:AssumeRole). */
  code: z.boolean().default(false),
  expect: z.enum(["allowed", "explicitDeny", "implicitDeny"]),
  /** What the caller is told. */
  sentence: z.string().optional(),
  /** The same as a real call, where the server has the operation. */
  call: z.strictObject({ operation: z.string(), input: z.record(z.string(), z.json()) }).optional(),
});

const scenario = z.strictObject({
  title: z.string(),
  /** The section of the contract that says so. */
  source: z.string(),
  account: accountId,
  /** The moment of the calls, in ISO 8601. */
  now: z.iso.datetime().default("2026-11-02T10:00:00Z"),
  /** Managed policies of the account, and documents for sessions, by name. */
  policies: documents,
  /** Those of the console's ready-made policies that are among them, under their own names. */
  readyMade: z.array(z.string()).default([]),
  groups: z.record(z.string(), group).default({}),
  users: z.record(z.string(), user).default({}),
  roles: z.record(z.string(), role).default({}),
  /** Policies of resources that are no roles, by the resource's ARN. */
  resources: z.record(z.string(), z.strictObject({ account: accountId, policy: document })).default({}),
  credentials: z.record(z.string(), credential),
  rows: z.array(row).min(1),
});

/** Every scenario of this folder. */
export function readScenarios(): readonly Scenario[] {
  const files = globSync("*.json", { cwd: import.meta.dirname }).toSorted();
  return files.map((file) => parseScenario(file, readFileSync(join(import.meta.dirname, file), "utf8")));
}

export function parseScenario(file: string, text: string): Scenario {
  const parsed = scenario.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  const { readyMade, policies, ...rest } = parsed.data;
  const made = readyMade.map((name) => [name, readyMadeDocument(file, name)] as const);
  return {
    ...rest,
    readyMade,
    policies: { ...policies, ...Object.fromEntries(made) },
    file: basename(file, ".json"),
  };
}

function readyMadeDocument(file: string, name: string): z.infer<typeof document> {
  const found = Object.entries(READY_MADE_DOCUMENTS).find(([one]) => one === name)?.[1];
  if (found === undefined) throw new Error(`${file}: no policy \`${name}\` is ready made`);
  // as the console writes it
  return document.parse(JSON.parse(JSON.stringify(found)));
}

/** The member called `name`; a scenario that speaks of somebody it does not have is wrong. */
export function named<T>(scenario: Scenario, members: Readonly<Record<string, T>>, name: string): T {
  const found = Object.hasOwn(members, name) ? members[name] : undefined;
  if (found === undefined) throw new Error(`${scenario.file}: there is no \`${name}\``);
  return found;
}
