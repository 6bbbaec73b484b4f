import type { ServerSettings } from "../../src/model/countersign/server-types.ts";
import { READY_MADE_DOCUMENTS } from "../src/pages/policies/ready-made-documents.ts";
import { Refusal } from "./stand-in-refusal.ts";

/** A ready-made policy as the account has it. */
interface StandInPolicy {
  name: string;
  document: string;
  version: number;
  groups: string[];
}

/** Of a world, what these answers are of. */
export interface StandInSettings {
  alias: string | undefined;
  /** Members of the account's own password policy; undefined where the default holds. */
  passwordPolicy: Record<string, string> | undefined;
  settings: ServerSettings;
  securityContact: { Address?: string; Confirmed?: boolean };
  readyMade: StandInPolicy[];
  /** What a policy that is tried out denies of what was allowed. */
  loses: string[];
}

/** Nobody else's account may have it. */
export const TAKEN_ALIAS = "taken";

export const PASSWORD_POLICY = {
  MinimumPasswordLength: "14",
  RequireSymbols: "true",
  RequireNumbers: "true",
  RequireUppercaseCharacters: "true",
  RequireLowercaseCharacters: "true",
  AllowUsersToChangePassword: "true",
  ExpirePasswords: "true",
  MaxPasswordAge: "90",
  HardExpiry: "true",
  PasswordReusePrevention: "5",
};

const SETTINGS: ServerSettings = {
  Notifications: { Configured: true, From: "Countersign <mfa@example.com>", Host: "mail.example.com:587" },
  Mfa: { Issuer: "Countersign", DevicesPerUser: 8, RootGraceDays: 35, RootReminderDays: 1 },
  Sessions: { IdleMinutes: 30, Minutes: 720, RootIdleMinutes: 15, RootMinutes: 60 },
  Quotas: [
    { Name: "Users", Value: 5000 },
    { Name: "Groups", Value: 300 },
    { Name: "Policies", Value: 1500 },
    { Name: "MfaDevicesPerUser", Value: 8 },
    { Name: "PolicySize", Value: 6144 },
  ],
  Outbound: { Rules: ["SMTP mail.example.com:587"] },
};

const READY_MADE = READY_MADE_DOCUMENTS.CountersignRequireMFA;

/** A ready-made policy that somebody has attached. */
export const SAME_COPY: StandInPolicy = {
  name: "CountersignRequireMFA",
  document: JSON.stringify(READY_MADE),
  version: 1,
  groups: ["developers", "readers"],
};

/** The same where somebody has taken actions and the condition away. */
export const CHANGED_COPY: StandInPolicy = {
  ...SAME_COPY,
  document: JSON.stringify({
    ...READY_MADE,
    Statement: READY_MADE.Statement.map(({ Condition: _, ...rest }) => ({
      ...rest,
      Action: rest.Action?.slice(4),
    })),
  }),
  version: 2,
};

export const standInSettings = (): StandInSettings => ({
  alias: "example",
  passwordPolicy: undefined,
  settings: SETTINGS,
  securityContact: {},
  readyMade: [],
  loses: [],
});

/** The settings of a server that sends no mail. */
export const WITHOUT_MAIL: ServerSettings = {
  ...SETTINGS,
  Notifications: { Configured: false },
  Outbound: { Rules: [] },
};

type Input = Readonly<Record<string, string>>;

const members = (texts: readonly string[]) => texts.map((text) => `<member>${text}</member>`).join("");

const arnOf = (name: string) => `arn:aws:iam::123456789012:policy/countersign/${name}`;

/** The policy that a call names, whose own answer `shown` gives. */
function policy(
  { readyMade }: StandInSettings,
  { PolicyArn }: Input,
  shown: (found: StandInPolicy) => string,
) {
  const found = readyMade.find(({ name }) => arnOf(name) === PolicyArn);
  return found === undefined ? undefined : shown(found);
}

const policyXml = ({ name, version, groups }: StandInPolicy): string =>
  `<Policy><PolicyName>${name}</PolicyName><Arn>${arnOf(name)}</Arn><DefaultVersionId>v${version}</DefaultVersionId><AttachmentCount>${groups.length}</AttachmentCount></Policy>`;

/** The values of a list that was sent by number. */
const listed = (input: Input, name: string): readonly string[] =>
  Object.entries(input).flatMap(([key, value]) => (key.startsWith(`${name}.member.`) ? [value] : []));

/** What IAM answers of the account and of ready-made policies; undefined where it knows none of that name. */
export const SETTINGS_ANSWERS: Readonly<
  Record<string, (world: StandInSettings, input: Input) => string | undefined>
> = {
  ListAccountAliases: ({ alias }) =>
    `<AccountAliases>${members(alias === undefined ? [] : [alias])}</AccountAliases><IsTruncated>false</IsTruncated>`,
  CreateAccountAlias: (world, { AccountAlias = "" }) => {
    if (AccountAlias === TAKEN_ALIAS) {
      throw new Refusal(409, "EntityAlreadyExists", "The account alias taken already exists.");
    }
    world.alias = AccountAlias;
    return "";
  },
  DeleteAccountAlias: (world) => {
    world.alias = undefined;
    return "";
  },
  GetAccountPasswordPolicy: ({ passwordPolicy }) =>
    passwordPolicy &&
    `<PasswordPolicy>${Object.entries(passwordPolicy)
      .map(([name, value]) => `<${name}>${value}</${name}>`)
      .join("")}</PasswordPolicy>`,
  UpdateAccountPasswordPolicy: (world, { Action: _, Version: __, ...parts }) => {
    world.passwordPolicy = parts;
    return "";
  },
  DeleteAccountPasswordPolicy: (world) => {
    world.passwordPolicy = undefined;
    return "";
  },
  GetAccountSummary: () =>
    `<SummaryMap>${Object.entries({ Users: 12, Groups: 2, Policies: 3, MFADevices: 9 })
      .map(([key, value]) => `<entry><key>${key}</key><value>${value}</value></entry>`)
      .join("")}</SummaryMap>`,
  GetPolicy: (world, input) => policy(world, input, policyXml),
  GetPolicyVersion: (world, input) =>
    policy(
      world,
      input,
      ({ document, version }) =>
        `<PolicyVersion><Document>${encodeURIComponent(document)}</Document><VersionId>v${version}</VersionId><IsDefaultVersion>true</IsDefaultVersion></PolicyVersion>`,
    ),
  ListEntitiesForPolicy: (world, input) =>
    policy(
      world,
      input,
      ({ groups }) =>
        `<PolicyGroups>${members((input.PolicyUsageFilter === "PermissionsBoundary" ? [] : groups).map((name) => `<GroupName>${name}</GroupName>`))}</PolicyGroups><PolicyUsers/><PolicyRoles/><IsTruncated>false</IsTruncated>`,
    ),
  CreatePolicyVersion: (world, input) =>
    policy(world, input, (found) => {
      found.document = input.PolicyDocument ?? "";
      found.version++;
      return "";
    }),
  SimulatePrincipalPolicy: ({ loses }, input) => {
    const tried = listed(input, "PolicyInputList").length > 0;
    const results = listed(input, "ActionNames").map(
      (name) =>
        `<EvalActionName>${name}</EvalActionName><EvalDecision>${tried && loses.includes(name) ? "explicitDeny" : "allowed"}</EvalDecision>`,
    );
    return `<EvaluationResults>${members(results)}</EvaluationResults><IsTruncated>false</IsTruncated>`;
  },
};

/** What the server itself answers of its settings. */
export const SERVER_ANSWERS: Readonly<Record<string, (world: StandInSettings, input: Input) => object>> = {
  GetServerSettings: ({ settings }) => settings,
  SendTestNotification: () => ({ Accepted: true }),
  GetSecurityContact: ({ securityContact }) => securityContact,
  PutSecurityContact: (world, { Address = "" }) => {
    world.securityContact = { Address, Confirmed: false };
    return { Confirmed: false };
  },
  DeleteSecurityContact: (world) => {
    world.securityContact = {};
    return {};
  },
};
