/** A role that is looked at. */
interface StandInRole {
  name: string;
  description: string;
  /** Its trust policy. */
  trust: string;
  maxSession: number;
  tags: { key: string; value: string }[];
  attached: string[];
  inline: string[];
}

/** Of a world, what these answers are of. */
export interface StandInAccess {
  roles: StandInRole[];
  /** Who is in every group. */
  members: string[];
}

const ACCOUNT = "123456789012";
const DAY = 86_400_000;

const trustOf = (principal: object, condition?: object): string =>
  JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: principal,
          Action: "sts:AssumeRole",
          ...(condition === undefined ? {} : { Condition: condition }),
        },
      ],
    },
    undefined,
    2,
  );

export const ROLES: readonly StandInRole[] = [
  {
    name: "deploy",
    description: "For releases",
    trust: trustOf(
      { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    ),
    maxSession: 14_400,
    tags: [{ key: "team", value: "compilers" }],
    attached: ["IAMReadOnlyAccess"],
    inline: ["releases"],
  },
  {
    name: "partner-audit-of-the-whole-organization-with-a-long-name",
    description: "",
    trust: trustOf({ AWS: ["arn:aws:iam::210987654321:root", `arn:aws:iam::${ACCOUNT}:user/a/grace`] }),
    maxSession: 3600,
    tags: [],
    attached: [],
    inline: [],
  },
];

const date = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
const members = (texts: readonly string[]) => texts.map((text) => `<member>${text}</member>`).join("");
const WHOLE = "<IsTruncated>false</IsTruncated>";

const roleXml = ({ name, description, trust, maxSession }: StandInRole): string =>
  `<RoleName>${name}</RoleName><Path>/</Path><RoleId>AROAEXAMPLE000000001</RoleId><Arn>arn:aws:iam::${ACCOUNT}:role/${name}</Arn><CreateDate>${date(Date.now() - 90 * DAY)}</CreateDate><AssumeRolePolicyDocument>${encodeURIComponent(trust)}</AssumeRolePolicyDocument><Description>${description}</Description><MaxSessionDuration>${maxSession}</MaxSessionDuration>`;

const groupXml = (name: string): string =>
  `<Group><GroupName>${name}</GroupName><Path>/engineering/</Path><GroupId>AGPAEXAMPLE000000001</GroupId><Arn>arn:aws:iam::${ACCOUNT}:group/engineering/${name}</Arn><CreateDate>${date(Date.now() - 200 * DAY)}</CreateDate></Group>`;

const attachedXml = (names: readonly string[]): string =>
  `<AttachedPolicies>${members(names.map((name) => `<PolicyName>${name}</PolicyName><PolicyArn>arn:aws:iam::aws:policy/${name}</PolicyArn>`))}</AttachedPolicies>${WHOLE}`;

const inlineXml = (names: readonly string[]): string =>
  `<PolicyNames>${members(names)}</PolicyNames>${WHOLE}`;

type Input = Readonly<Record<string, string>>;

const role = ({ roles }: StandInAccess, { RoleName }: Input, shown: (role: StandInRole) => string) => {
  const found = roles.find(({ name }) => name === RoleName);
  return found === undefined ? undefined : shown(found);
};

/** What IAM answers of roles and groups, by the operation's name; undefined where it knows none of that name. */
export const ACCESS_ANSWERS: Readonly<
  Record<string, (world: StandInAccess, input: Input) => string | undefined>
> = {
  ListRoles: ({ roles }) => `<Roles>${members(roles.map(roleXml))}</Roles>${WHOLE}`,
  GetRole: (world, input) =>
    role(
      world,
      input,
      (found) =>
        `<Role>${roleXml(found)}<Tags>${members(found.tags.map(({ key, value }) => `<Key>${key}</Key><Value>${value}</Value>`))}</Tags><RoleLastUsed><LastUsedDate>${date(Date.now() - DAY)}</LastUsedDate></RoleLastUsed></Role>`,
    ),
  ListAttachedRolePolicies: (world, input) => role(world, input, ({ attached }) => attachedXml(attached)),
  ListRolePolicies: (world, input) => role(world, input, ({ inline }) => inlineXml(inline)),
  DetachRolePolicy: () => "",
  DeleteRolePolicy: () => "",
  CreateRole: (world, { RoleName = "", AssumeRolePolicyDocument = "", Description = "" }) => {
    const made = {
      name: RoleName,
      description: Description,
      trust: AssumeRolePolicyDocument,
      maxSession: 3600,
      tags: [],
      attached: [],
      inline: [],
    };
    world.roles.push(made);
    return `<Role>${roleXml(made)}</Role>`;
  },
  DeleteRole: (world, { RoleName }) => {
    world.roles = world.roles.filter(({ name }) => name !== RoleName);
    return "";
  },
  GetGroup: (world, { GroupName = "" }) =>
    `${groupXml(GroupName)}<Users>${members(world.members.map((name) => `<UserName>${name}</UserName>`))}</Users>${WHOLE}`,
  UpdateGroup: () => "",
  ListAttachedGroupPolicies: () => attachedXml(["IAMReadOnlyAccess"]),
  ListGroupPolicies: () => inlineXml([]),
};
