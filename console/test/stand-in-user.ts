import type { Activity } from "../../src/model/countersign/activity-types.ts";

const ACCOUNT = "123456789012";
const HOUR = 3_600_000;

/** A user whose page is looked at. */
export interface StandInUser {
  name: string;
  path: string;
  groups: string[];
  consoleAccess: boolean;
  tags: { key: string; value: string }[];
  attached: string[];
  activity: Activity[];
}

const BROWSER =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const CLI = "aws-cli/2.31.0 md/awscrt#0.27.6 ua/2.1 os/linux#6.12 md/arch#x86_64 lang/python#3.13.7";

const DONE: readonly Pick<Activity, "Name" | "Source" | "ReadOnly" | "Error" | "MfaUsed">[] = [
  { Name: "ListUsers", Source: "iam.amazonaws.com", ReadOnly: true, MfaUsed: true },
  { Name: "CreateAccessKey", Source: "iam.amazonaws.com", ReadOnly: false, MfaUsed: true },
  { Name: "ConsoleLogin", Source: "signin.amazonaws.com", ReadOnly: false, MfaUsed: true },
  { Name: "ConsoleLogin", Source: "signin.amazonaws.com", ReadOnly: false, Error: "Failed authentication" },
  { Name: "DeleteUser", Source: "iam.amazonaws.com", ReadOnly: false, Error: "AccessDenied" },
  { Name: "GetCallerIdentity", Source: "sts.amazonaws.com", ReadOnly: true },
];

/** So many things that somebody did, the latest first. */
export const activityOf = (count: number): Activity[] =>
  Array.from({ length: count }, (_, at) => ({
    ...(DONE[at % DONE.length] ?? { Name: "", Source: "", ReadOnly: true }),
    EventId: `event-${at}`,
    Time: Date.now() - (at + 1) * 5 * HOUR,
    SourceIp: at % 3 === 0 ? "2001:db8::17" : "192.0.2.10",
    UserAgent: at % 6 > 3 ? CLI : BROWSER,
  }));

export const standInUser = (part: Partial<StandInUser> = {}): StandInUser => ({
  name: "ada",
  path: "/engineering/",
  groups: ["developers", "readers"],
  consoleAccess: true,
  tags: [{ key: "team", value: "compilers" }],
  attached: ["IAMReadOnlyAccess"],
  activity: activityOf(60),
  ...part,
});

const date = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
const members = (texts: readonly string[]) => texts.map((text) => `<member>${text}</member>`).join("");

/** Undefined where it knows none of that name. */
type UserAnswer = (user: StandInUser, input: Readonly<Record<string, string>>) => string | undefined;

/** What IAM answers of the one user that it knows, by the operation's name. */
export const USER_ANSWERS: Readonly<Record<string, UserAnswer>> = {
  GetUser: ({ name, path, tags }) =>
    `<User><UserName>${name}</UserName><Path>${path}</Path><UserId>AIDAEXAMPLE000000001</UserId><Arn>arn:aws:iam::${ACCOUNT}:user${path}${name}</Arn><CreateDate>${date(Date.now() - 300 * 24 * HOUR)}</CreateDate><PasswordLastUsed>${date(Date.now() - 5 * HOUR)}</PasswordLastUsed><Tags>${members(tags.map(({ key, value }) => `<Key>${key}</Key><Value>${value}</Value>`))}</Tags></User>`,
  UpdateUser: (user, { NewUserName, NewPath }) => {
    user.name = NewUserName ?? user.name;
    user.path = NewPath ?? user.path;
    return "";
  },
  GetLoginProfile: ({ name, consoleAccess }) =>
    consoleAccess
      ? `<LoginProfile><UserName>${name}</UserName><CreateDate>${date(Date.now())}</CreateDate><PasswordResetRequired>false</PasswordResetRequired></LoginProfile>`
      : undefined,
  ListGroupsForUser: ({ groups }) =>
    `<Groups>${members(groups.map((name) => `<GroupName>${name}</GroupName>`))}</Groups><IsTruncated>false</IsTruncated>`,
  ListAttachedUserPolicies: ({ attached }) =>
    `<AttachedPolicies>${members(attached.map((name) => `<PolicyName>${name}</PolicyName><PolicyArn>arn:aws:iam::aws:policy/${name}</PolicyArn>`))}</AttachedPolicies><IsTruncated>false</IsTruncated>`,
  ListUserPolicies: () => "<PolicyNames></PolicyNames><IsTruncated>false</IsTruncated>",
};

/** A page of what he did. */
export function activityPage(
  { activity }: StandInUser,
  { MaxItems = 50, Marker = "0" }: { readonly MaxItems?: number; readonly Marker?: string },
): object {
  const begin = Number(Marker);
  const end = begin + MaxItems;
  const IsTruncated = end < activity.length;
  return {
    Events: activity.slice(begin, end),
    IsTruncated,
    ...(IsTruncated ? { Marker: String(end) } : {}),
  };
}
