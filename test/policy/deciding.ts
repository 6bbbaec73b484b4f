/** What the tests of decisions share: documents as one writes them, and a request that nothing speaks about yet. */
import type { AccountId, Arn, PrincipalId } from "#identity/ids.ts";
import { authorize } from "#policy/authorize.ts";
import { type CompiledPolicy, compile } from "#policy/compile.ts";
import type { Context, ContextValue } from "#policy/context.ts";
import type { PolicyDocument, PrincipalElement, Statement } from "#policy/document/document.ts";
import type { DecisionRequest, Layers, NamedPolicy, RequestPrincipal } from "#policy/request.ts";

export interface Written {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly NotPrincipal?: Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

const listed = (value: string | readonly string[]): readonly string[] =>
  typeof value === "string" ? [value] : value;

/** Without the parser: these tests are about documents that it would refuse, too. */
export function documentOf(
  written: readonly Written[],
  version: PolicyDocument["version"] = "2012-10-17",
): PolicyDocument {
  return { version, id: undefined, statements: written.map(statementOf) };
}

function statementOf(written: Written): Statement {
  const principals = written.Principal ?? written.NotPrincipal;
  const resources = written.Resource ?? written.NotResource;
  return {
    sid: written.Sid,
    effect: written.Effect,
    principals:
      principals === undefined
        ? undefined
        : { not: written.NotPrincipal !== undefined, values: elements(principals) },
    actions: {
      not: written.NotAction !== undefined,
      values: listed(written.Action ?? written.NotAction ?? []),
    },
    resources:
      resources === undefined
        ? undefined
        : { not: written.NotResource !== undefined, values: listed(resources) },
    conditions: Object.entries(written.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({ operator, key, values: listed(values) })),
    ),
  };
}

const elements = (written: NonNullable<Written["Principal"]>): readonly PrincipalElement[] =>
  written === "*"
    ? [{ type: "AWS", value: "*" }]
    : Object.entries(written).flatMap(([type, values]) =>
        // the tests' own words
        listed(values).map((value) => ({ type: type as PrincipalElement["type"], value })),
      );

export const compiledOf = (...written: readonly Written[]): CompiledPolicy => compile(documentOf(written));

export const named = (name: string, ...written: readonly Written[]): NamedPolicy => ({
  name,
  compiled: compiledOf(...written),
});

export const contextOf =
  (values: Readonly<Record<string, ContextValue>>): Context =>
  (key) =>
    new Map(Object.entries(values)).get(key);

// ids and ARNs of the tests' own making: nothing here parses them
export const OWN = "111122223333" as AccountId;
export const OTHER = "444455556666" as AccountId;

const principal = (
  kind: RequestPrincipal["kind"],
  accountId: AccountId,
  arn: string,
  principalId: string,
  roleArn?: string,
): RequestPrincipal => ({
  kind,
  accountId,
  // as above
  arn: arn as Arn,
  // as above
  principalId: principalId as PrincipalId,
  // as above
  ...(roleArn === undefined ? {} : { roleArn: roleArn as Arn }),
});

export const ALICE = principal("user", OWN, `arn:aws:iam::${OWN}:user/team/alice`, "AIDAALICE00000000001");
export const ROOT = principal("root", OWN, `arn:aws:iam::${OWN}:root`, OWN);
export const SESSION = principal(
  "role-session",
  OWN,
  `arn:aws:sts::${OWN}:assumed-role/Admin/night`,
  "AROAADMIN00000000001",
  `arn:aws:iam::${OWN}:role/ops/Admin`,
);
export const FEDERATED = principal(
  "federated-user",
  OWN,
  `arn:aws:sts::${OWN}:federated-user/bob`,
  ALICE.principalId,
);

export const NO_LAYERS: Layers = {
  identity: [],
  boundary: undefined,
  session: undefined,
  resource: undefined,
};

export const request = (facts: Partial<DecisionRequest> = {}): DecisionRequest => ({
  principal: ALICE,
  action: "iam:GetUser",
  resource: `arn:aws:iam::${OWN}:user/team/alice`,
  layers: NO_LAYERS,
  context: () => undefined,
  ...facts,
});

/** `allowed`, or what kept it from that and where: `explicitDeny identity`, `implicitDeny boundary`. */
export function decided(facts: Partial<DecisionRequest>): string {
  const verdict = authorize(request(facts));
  if (verdict.decision === "allowed") return "allowed";
  return `${verdict.decision} ${verdict.decision === "explicitDeny" ? verdict.by.layer : verdict.layer}`;
}
