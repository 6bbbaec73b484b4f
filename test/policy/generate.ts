/** Documents and calls over alphabets so small that they often speak of each other. */
import fc from "fast-check";
import type {
  Condition,
  Elements,
  PolicyDocument,
  Principals,
  Statement,
} from "#policy/document/document.ts";
import type { ContextValue, RequestPrincipal } from "#policy/request.ts";
import { account, FOREIGN, HERE, NAMED, principals, THERE, USERS } from "./generate-callers.ts";
import { FAMILIES, variable } from "./generate-values.ts";
import type { PlainLayers, PlainPolicy, PlainRequest } from "./naive.ts";

const listOf = <T>(values: fc.Arbitrary<T>, minLength = 1): fc.Arbitrary<T[]> =>
  fc.array(values, { minLength, maxLength: 3 });
/** A form and, once in five, its `Not…` form. */
const not = fc.nat(4).map((n) => n === 0);

const ACTIONS = ["iam:CreateUser", "iam:GetUser", "IAM:getuser", "sts:AssumeRole", "s3:GetObject"] as const;
export const actions = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...ACTIONS) },
  { weight: 1, arbitrary: fc.constantFrom("sts:GetSessionToken", "sts:GetCallerIdentity") },
  {
    weight: 1,
    arbitrary: fc.constantFrom("countersign:GetConsoleContext", "countersign:ListSessions"),
  },
);
const ACTION_PATTERNS = [
  ...["*", "iam:*", "iam:*User", "iam:?etUser", "IAM:GETUSER", "iam:Get*", "iam:*e*U*r", "iam:CreateUser"],
  ...["sts:*", "sts:AssumeRole", "sts:Assume*", "s3:Get*", "s3:*"],
];

const RESOURCES = [
  ...[
    "*",
    `arn:aws:iam::${HERE}:user/ana`,
    `arn:aws:iam::${THERE}:user/team/bob`,
    `arn:aws:iam::${HERE}:user/a*a`,
  ],
  ...[`arn:aws:iam::${HERE}:role/team/ops`, `arn:aws:iam::${HERE}:mfa/ana`, "arn:aws:s3:::box/a:b/c"],
];
const RESOURCE_PATTERNS = [
  ...[
    "*",
    "*",
    `arn:aws:iam::${HERE}:user/*`,
    "arn:aws:iam::*:user/ana",
    "arn:aws:iam::*:*",
    "arn:aws:iam::*:user/*/*",
  ],
  ...[`arn:aws:iam::1???????????:user/?n?`, `arn:aws:iam::${THERE}:user/*/b*b`, "arn:aws:iam::*:role/*ops"],
  ...["arn:aws:s3:::box/*/c", "arn:aws:s3:::box/a?b*", "arn:aws:s3:::*", "arn:*:iam::*:user/*"],
];
const RESOURCE_VARIABLES = [
  ...[
    `user/${variable("aws:username")}`,
    `user/*${variable("AWS:UserName")}`,
    `user/team/${variable("aws:username")}`,
    `user/a${variable("*")}a`,
    `user/a${variable("?")}a`,
  ],
  ...[
    `user/${variable("aws:PrincipalTag/team")}`,
    `user/${variable("aws:PrincipalTag/team, 'ana'")}`,
    `user/${variable("aws:TagKeys, 'ana'")}`,
  ],
].map((tail) => `arn:aws:iam::*:${tail}`);

const short = fc.string({ unit: fc.constantFrom("a", "b", ":", "/"), maxLength: 5 });
const shortPattern = fc.string({
  unit: fc.constantFrom("a", "b", ":", "/", "*", "?"),
  minLength: 1,
  maxLength: 5,
});
const inBox = (tail: string): string => `arn:aws:s3:::box/${tail}`;

export const resources = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...RESOURCES) },
  { weight: 1, arbitrary: short.map(inBox) },
);
const resourcePatterns = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...RESOURCE_PATTERNS) },
  { weight: 2, arbitrary: fc.constantFrom(...RESOURCE_VARIABLES) },
  { weight: 1, arbitrary: shortPattern.map(inBox) },
);

const elements = (values: fc.Arbitrary<string>): fc.Arbitrary<Elements> =>
  fc.record({ not, values: listOf(values) });
/** What a trust policy may speak of. */
const trustActions = listOf(
  fc.constantFrom("sts:AssumeRole", "sts:AssumeRole*", "STS:assumerole", "sts:TagSession"),
).map((values): Elements => ({ not: false, values }));
/** In the order in which JSON groups them, by type. */
const namedPrincipals: fc.Arbitrary<Principals> = fc.record({
  not,
  values: listOf(fc.constantFrom(...NAMED, ...NAMED, ...FOREIGN)).map((list) =>
    list.toSorted((one, other) => one.type.localeCompare(other.type)),
  ),
});

/** Every operator with each of its forms, keys and values of its kind, and now and then those of another. */
export const conditions: fc.Arbitrary<Condition> = fc
  .constantFrom(...FAMILIES)
  .chain(({ operators, forms, keys, values }) =>
    fc.record({
      operator: fc
        .tuple(fc.constantFrom(...forms), fc.constantFrom(...operators))
        .map(([form, operator]) => form.replace("_", operator)),
      key: fc.constantFrom(...keys),
      values: listOf(fc.constantFrom(...values)),
    }),
  );

export type Home = "identity" | "resource" | "trust";

const distinct = (list: readonly Condition[]): readonly Condition[] =>
  list.filter(
    (one, n) =>
      list.findIndex(
        (other) => other.operator === one.operator && other.key.toLowerCase() === one.key.toLowerCase(),
      ) === n,
  );

const statements = (home: Home): fc.Arbitrary<Statement> =>
  fc.record({
    sid: fc.constant(undefined),
    effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
    principals: home === "identity" ? fc.constant(undefined) : namedPrincipals,
    actions: home === "trust" ? trustActions : elements(fc.constantFrom(...ACTION_PATTERNS)),
    resources: home === "trust" ? fc.constant(undefined) : elements(resourcePatterns),
    conditions: fc
      .oneof(fc.constant([]), fc.array(conditions, { maxLength: 2 }))
      .map((list) => distinct(list).toSorted((one, other) => (one.operator < other.operator ? -1 : 1))),
  });

export const documents = (home: Home): fc.Arbitrary<PolicyDocument> =>
  fc.record({
    version: fc.constantFrom("2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17"),
    id: fc.constant(undefined),
    statements: listOf(statements(home)),
  });

const policies: fc.Arbitrary<PlainPolicy> = fc.record({
  name: fc.constantFrom("one", "other"),
  document: documents("identity"),
});
const resourcePolicies = fc.constantFrom("trust" as const, "resource" as const).chain((kind) =>
  fc.record({
    name: fc.constant("resource"),
    document: documents(kind),
    kind: fc.constant(kind),
    accountId: fc.constantFrom(account(HERE), account(HERE), account(THERE)),
  }),
);
const rarely = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(one, { nil: undefined, freq: 2 });

const layers: fc.Arbitrary<PlainLayers> = fc.record({
  identity: fc.array(policies, { maxLength: 3 }),
  boundary: rarely(policies),
  session: fc.oneof(
    { weight: 2, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.array(policies, { maxLength: 2 }) },
  ),
  resource: rarely(resourcePolicies),
});

/** Each key is there or not, by its lower-case name. */
export const contexts: fc.Arbitrary<ReadonlyMap<string, ContextValue>> = fc
  .tuple(
    ...FAMILIES.flatMap(({ asked }) =>
      Object.entries(asked).map(([key, values]) =>
        fc
          .option(fc.constantFrom(...values), { nil: undefined })
          .map((value) => [key.toLowerCase(), value] as const),
      ),
    ),
  )
  .map((entries) => new Map(entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))));

/** What stands for a root user's rights where every layer is policies: nothing else may limit him (contract 9.3). */
export const EVERYTHING: PlainPolicy = {
  name: "root user",
  document: {
    version: "2012-10-17",
    id: undefined,
    statements: [
      {
        sid: undefined,
        effect: "Allow",
        principals: undefined,
        actions: { not: false, values: ["*"] },
        resources: { not: false, values: ["*"] },
        conditions: [],
      },
    ],
  },
};

const [ANA] = USERS;

/** Ana's call under a policy that allows everything where a condition holds. */
export const underCondition = (
  condition: Condition,
  version: PolicyDocument["version"],
  context: ReadonlyMap<string, ContextValue>,
): PlainRequest => {
  const statements = EVERYTHING.document.statements.map((one) => ({ ...one, conditions: [condition] }));
  const policy = { name: "one", document: { version, id: undefined, statements } };
  return {
    principal: ANA,
    action: "iam:GetUser",
    resource: ANA.arn,
    layers: { identity: [policy], boundary: undefined, session: undefined, resource: undefined },
    context: (key) => context.get(key),
  };
};

const layersOf = ({ kind }: RequestPrincipal, layers: PlainLayers): PlainLayers =>
  kind === "root" ? { ...layers, identity: [EVERYTHING], boundary: undefined } : layers;

export const requests: fc.Arbitrary<PlainRequest> = fc
  .record({ principal: principals, action: actions, resource: resources, layers, context: contexts })
  .map(({ principal, layers, context, ...call }) => ({
    ...call,
    principal,
    layers: layersOf(principal, layers),
    context: (key: string) => context.get(key),
  }));
