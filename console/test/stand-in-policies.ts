import type { AccessExplanation, MfaSituation, PolicyProblem } from "../../src/model/countersign/types.ts";
import { Refusal } from "./stand-in-refusal.ts";
import { SETTINGS_ANSWERS, type StandInSettings } from "./stand-in-settings.ts";

/** A policy of the list. */
interface StandInPolicyRow {
  arn: string;
  description: string;
  /** Documents, the oldest first; the last one is in force. */
  versions: string[];
  users: string[];
  groups: string[];
  boundaryOf: string[];
}

/** Of a world, what these answers are of. */
export interface StandInPolicies {
  policies: StandInPolicyRow[];
  /** What is wrong with every document that is checked. */
  problems: PolicyProblem[];
  /** What is decided without MFA, and with it. */
  explained: { without: AccessExplanation; with: AccessExplanation };
}

const ACCOUNT = "123456789012";
const DAY = 86_400_000;

const documentOf = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements }, undefined, 2);

const READS = { Effect: "Allow", Action: ["iam:Get*", "iam:List*"], Resource: "*" };
const WITH_MFA = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

const own = (name: string, part: Partial<StandInPolicyRow> = {}): StandInPolicyRow => ({
  arn: `arn:aws:iam::${ACCOUNT}:policy/${name}`,
  description: "",
  versions: [documentOf(READS)],
  users: [],
  groups: [],
  boundaryOf: [],
  ...part,
});
const ofAws = (name: string, description: string, groups: string[] = []): StandInPolicyRow =>
  own(name, { arn: `arn:aws:iam::aws:policy/${name}`, description, groups });

export const POLICIES: readonly StandInPolicyRow[] = [
  own("readers", {
    description: "Reading of users and groups, and with MFA the deletion of users",
    versions: [
      documentOf(READS),
      documentOf({ ...READS, Action: "iam:List*" }),
      documentOf(
        { Sid: "Read", ...READS },
        {
          Sid: "DeleteWithMfa",
          Effect: "Allow",
          Action: "iam:DeleteUser",
          Resource: `arn:aws:iam::${ACCOUNT}:user/a-department-with-a-long-name/*`,
          Condition: WITH_MFA,
        },
      ),
    ],
    users: ["ada"],
    groups: ["developers"],
    boundaryOf: ["grace"],
  }),
  own("everything-that-the-machines-of-the-release-department-may-do"),
  ofAws("AdministratorAccess", "Provides full access to AWS services and resources.", ["developers"]),
  ofAws("IAMReadOnlyAccess", "Provides read only access to IAM via the AWS Management Console."),
];

/** A mistake in the document that a form begins with, and a trap. */
export const PROBLEMS: readonly PolicyProblem[] = [
  {
    Line: 5,
    Column: 17,
    EndLine: 5,
    EndColumn: 24,
    Severity: "error",
    Message: "`Effect` is `Allow` or `Deny`",
  },
  {
    Line: 7,
    Column: 19,
    EndLine: 7,
    EndColumn: 57,
    Severity: "warning",
    Message:
      "requests with long-term access keys do not have `aws:MultiFactorAuthPresent`, so this does not deny them: use `BoolIfExists`",
  },
];

const said = { Kind: "managed", Speaks: false, Decided: false, Conditions: [] } as const;
const STATEMENTS: AccessExplanation["Statements"] = [
  {
    ...said,
    Policy: "arn:aws:iam::aws:policy/IAMReadOnlyAccess",
    Index: 0,
    Effect: "Allow",
    KeptOutBy: "action",
  },
  {
    ...said,
    Policy: "own-devices",
    Kind: "inline",
    Holder: "group/developers",
    Index: 1,
    Effect: "Allow",
    KeptOutBy: "resource",
  },
];
const deciding = {
  ...said,
  Policy: `arn:aws:iam::${ACCOUNT}:policy/readers`,
  Index: 1,
  Sid: "DeleteWithMfa",
};
const condition = { Operator: "Bool", Key: "aws:MultiFactorAuthPresent", Wanted: ["true"] };

const ALLOWED: AccessExplanation = {
  Decision: "allowed",
  Statements: [
    ...STATEMENTS,
    {
      ...deciding,
      Effect: "Allow",
      Speaks: true,
      Decided: true,
      Conditions: [{ ...condition, Seen: ["true"], Holds: true }],
    },
  ],
  AbsentKeys: [],
};
const NOT_ALLOWED: AccessExplanation = {
  Decision: "implicitDeny",
  Statements: [
    ...STATEMENTS,
    {
      ...deciding,
      Effect: "Allow",
      KeptOutBy: "condition",
      Conditions: [{ ...condition, Seen: ["false"], Holds: false }],
    },
  ],
  AbsentKeys: [],
};
/** Where a statement denies it, whatever others allow. */
export const DENIED: AccessExplanation = {
  ...ALLOWED,
  Decision: "explicitDeny",
  Statements: [
    ...ALLOWED.Statements.map((each) => ({ ...each, Decided: false })),
    {
      ...said,
      Policy: "no-deletion",
      Kind: "boundary",
      Index: 0,
      Effect: "Deny",
      Speaks: true,
      Decided: true,
    },
  ],
};

export const standInPolicies = (): StandInPolicies => ({
  policies: [],
  problems: [],
  explained: { without: NOT_ALLOWED, with: ALLOWED },
});

type Input = Readonly<Record<string, string>>;
type World = StandInPolicies & StandInSettings;

const date = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY).toISOString().replace(/\.\d+Z$/, "Z");
const members = (texts: readonly string[]) => texts.map((text) => `<member>${text}</member>`).join("");
const nameOf = (arn: string): string => arn.split("/").at(-1) ?? "";

const policyParts = ({ arn, description, versions, users, groups, boundaryOf }: StandInPolicyRow): string =>
  `<PolicyName>${nameOf(arn)}</PolicyName><Arn>${arn}</Arn><Path>/</Path><DefaultVersionId>v${versions.length}</DefaultVersionId><AttachmentCount>${users.length + groups.length}</AttachmentCount><PermissionsBoundaryUsageCount>${boundaryOf.length}</PermissionsBoundaryUsageCount><Description>${description}</Description><CreateDate>${date(90)}</CreateDate><UpdateDate>${date(3)}</UpdateDate>`;

/** Its own answer where the list has the policy, else that of the ready-made ones. */
const policy =
  (name: string, shown: (found: StandInPolicyRow, input: Input) => string) =>
  (world: World, input: Input): string | undefined => {
    const found = world.policies.find(({ arn }) => arn === input.PolicyArn);
    return found === undefined ? SETTINGS_ANSWERS[name]?.(world, input) : shown(found, input);
  };

const usesXml = ({ users, groups, boundaryOf }: StandInPolicyRow, { PolicyUsageFilter }: Input): string => {
  const boundary = PolicyUsageFilter === "PermissionsBoundary";
  const listed = (names: readonly string[], member: string) =>
    members(names.map((name) => `<${member}>${name}</${member}>`));
  return `<PolicyGroups>${listed(boundary ? [] : groups, "GroupName")}</PolicyGroups><PolicyUsers>${listed(boundary ? boundaryOf : users, "UserName")}</PolicyUsers><PolicyRoles/><IsTruncated>false</IsTruncated>`;
};

/** What IAM answers of policies, by the operation's name. */
export const POLICY_ANSWERS: Readonly<Record<string, (world: World, input: Input) => string | undefined>> = {
  ListPolicies: ({ policies }) =>
    `<Policies>${members(policies.map(policyParts))}</Policies><IsTruncated>false</IsTruncated>`,
  GetPolicy: policy("GetPolicy", (found) => `<Policy>${policyParts(found)}</Policy>`),
  GetPolicyVersion: policy(
    "GetPolicyVersion",
    ({ versions }, { VersionId = "" }) =>
      `<PolicyVersion><Document>${encodeURIComponent(versions[Number(VersionId.slice(1)) - 1] ?? "")}</Document><VersionId>${VersionId}</VersionId></PolicyVersion>`,
  ),
  ListPolicyVersions: policy("ListPolicyVersions", ({ versions }) => {
    const rows = versions.map(
      (_, at) =>
        `<VersionId>v${at + 1}</VersionId><IsDefaultVersion>${at === versions.length - 1}</IsDefaultVersion><CreateDate>${date((versions.length - at) * 3)}</CreateDate>`,
    );
    return `<Versions>${members(rows.toReversed())}</Versions><IsTruncated>false</IsTruncated>`;
  }),
  ListEntitiesForPolicy: policy("ListEntitiesForPolicy", usesXml),
  CreatePolicy: (world, { PolicyName = "", PolicyDocument = "", Description = "" }) => {
    if (world.policies.some(({ arn }) => nameOf(arn) === PolicyName)) {
      throw new Refusal(409, "EntityAlreadyExists", `A policy called ${PolicyName} already exists.`);
    }
    const made = own(PolicyName, { description: Description, versions: [PolicyDocument] });
    world.policies.push(made);
    return `<Policy>${policyParts(made)}</Policy>`;
  },
  DeletePolicy: (world, { PolicyArn }) => {
    world.policies = world.policies.filter(({ arn }) => arn !== PolicyArn);
    return "";
  },
  DeletePolicyVersion: () => "",
};

/** What the server itself answers of them. */
export const POLICY_CHECKS: Readonly<Record<string, (world: World, input: Input) => object>> = {
  ValidatePolicy: ({ problems }) => ({ Problems: problems }),
  GetPolicyVocabulary: () => ({
    Actions: ["iam:CreateUser", "iam:DeleteUser", "iam:GetUser", "iam:ListUsers", "sts:AssumeRole"].map(
      (Name) => ({ Name, ReadOnly: /:(?:Get|List)/.test(Name) }),
    ),
    ConditionKeys: ["aws:MultiFactorAuthAge", "aws:MultiFactorAuthPresent", "aws:SourceIp"],
    Operators: ["Bool", "BoolIfExists", "NumericLessThan", "StringEquals"],
  }),
  ExplainAccess: ({ explained }, input) => {
    if (input.PrincipalArn?.endsWith("/nobody")) throw new Refusal(404, "NoSuchEntity", "nobody");
    // what was JSON is as the console has it
    const { State } = input.Mfa as unknown as MfaSituation;
    return State === "true" ? explained.with : explained.without;
  },
};
