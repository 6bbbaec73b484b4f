import type { PolicyDocument, PrincipalElement } from "#policy/document/document.ts";
import { type PolicyKind, parsePolicy } from "#policy/document/parse.ts";
import { EVERYTHING } from "../generate.ts";
import type { PlainLayers, PlainPolicy, PlainRequest } from "../naive.ts";
import { accountOf, contextOf, principalOf, roleArn, uniqueId, userArn } from "./principals.ts";
import { type Credential, named, type Row, type Scenario } from "./read.ts";

/** A row as the engine is asked it. */
export function requestOf(scenario: Scenario, row: Row): PlainRequest {
  const credential = named(scenario, scenario.credentials, row.who);
  const context = contextOf(scenario, row);
  return {
    principal: principalOf(scenario, credential),
    action: row.action,
    resource: row.resource,
    layers: { ...ownLayers(scenario, credential), resource: resourceLayer(scenario, row) },
    context: (key) => context.get(key),
  };
}

type Own = Omit<PlainLayers, "resource">;
type Written = Scenario["policies"][string];

function ownLayers(scenario: Scenario, credential: Credential): Own {
  if (credential.kind === "root-key")
    return { identity: [EVERYTHING], boundary: undefined, session: undefined };
  const names = "policies" in credential ? credential.policies : undefined;
  const session = names?.map((name) => parsed(scenario, name, scenario.policies, "session"));
  const holder =
    credential.kind === "role-session"
      ? named(scenario, scenario.roles, credential.role)
      : named(scenario, scenario.users, credential.user);
  const groups =
    "groups" in holder ? holder.groups.map((name) => named(scenario, scenario.groups, name)) : [];
  return {
    identity: [holder, ...groups].flatMap((one) => policiesOf(scenario, one)),
    boundary: holder.boundary === undefined ? undefined : managed(scenario, holder.boundary),
    session,
  };
}

function policiesOf(
  scenario: Scenario,
  { inline, attached }: { inline: Readonly<Record<string, Written>>; attached: readonly string[] },
): readonly PlainPolicy[] {
  return [
    ...Object.keys(inline).map((name) => parsed(scenario, name, inline, "identity")),
    ...attached.map((name) => managed(scenario, name)),
  ];
}

const managed = (scenario: Scenario, name: string): PlainPolicy => ({
  ...parsed(scenario, name, scenario.policies, "identity"),
  name: `arn:aws:iam::${scenario.account}:policy/${name}`,
});

/** Through the parser, so that every document of a scenario is one that can be stored. */
function parsed(
  scenario: Scenario,
  name: string,
  documents: Readonly<Record<string, Written>>,
  kind: PolicyKind,
): PlainPolicy {
  const outcome = parsePolicy(JSON.stringify(named(scenario, documents, name)), kind);
  if (!outcome.ok) throw new Error(`${scenario.file}: ${name}: ${outcome.error}`);
  return { name, document: outcome.value };
}

/** The trust policy of a role of the scenario that is to be assumed, or the policy of another resource. */
function resourceLayer(scenario: Scenario, { action, resource }: Row): PlainLayers["resource"] {
  const role = Object.keys(scenario.roles).find((name) => roleArn(scenario, name) === resource);
  if (role !== undefined && action === "sts:AssumeRole") {
    const { trust, ...rest } = named(scenario, scenario.roles, role);
    const { name, document } = parsed(scenario, role, { [role]: trust }, "trust");
    return {
      name,
      document: stored(scenario, document),
      kind: "trust",
      accountId: accountOf(scenario, rest),
    };
  }
  const other = Object.hasOwn(scenario.resources, resource) ? scenario.resources[resource] : undefined;
  if (other === undefined) return undefined;
  const policy = parsed(scenario, resource, { [resource]: other.policy }, "resource");
  return { ...policy, kind: "resource", accountId: accountOf(scenario, other) };
}

/** A stored trust policy holds the unique ids of users and roles, not their ARNs (contract 9.1). */
function stored(scenario: Scenario, document: PolicyDocument): PolicyDocument {
  const ids = new Map<string, string>([
    ...Object.keys(scenario.users).map((name) => [userArn(scenario, name), uniqueId("AIDA", name)] as const),
    ...Object.keys(scenario.roles).map((name) => [roleArn(scenario, name), uniqueId("AROA", name)] as const),
  ]);
  const kept = (one: PrincipalElement): PrincipalElement => ({
    ...one,
    value: ids.get(one.value) ?? one.value,
  });
  const statements = document.statements.map((statement) => ({
    ...statement,
    principals: statement.principals && {
      ...statement.principals,
      values: statement.principals.values.map(kept),
    },
  }));
  return { ...document, statements };
}
