import type {
  NewUser,
  NewUserProblem,
  UserPage,
  UserQuestion,
  UserSummary,
} from "../../src/model/countersign/user-types.ts";

const DAY = 86_400_000;
const PAGE = 50;

const MFA = [["virtual"], ["security-key", "security-key", "virtual"], [], ["passkey"], []];
const GROUPS = [
  ["developers"],
  [],
  ["developers", "readers"],
  ["readers", "auditors", "developers", "operators", "on-call"],
];

/** People of every kind that a list shows. */
export const PEOPLE: readonly UserSummary[] = Array.from({ length: 120 }, (_, at) => personAt(at));

function personAt(at: number): UserSummary {
  const name = ["ada", "grace", "linus", "margaret-of-a-department-with-a-long-name", "deploy-bot"][at];
  const UserName = name ?? `person-${String(at).padStart(3, "0")}`;
  const Path = at % 7 === 3 ? "/engineering/platform/" : "/";
  const isProgram = at % 5 === 4;
  const keyDays = isProgram ? 400 : at % 3 === 0 ? 12 * (at % 9) : undefined;
  const now = Date.now();
  return {
    UserName,
    UserId: `AIDAEXAMPLE${String(at).padStart(9, "0")}`,
    Arn: `arn:aws:iam::123456789012:user${Path}${UserName}`,
    Path,
    CreateDate: now - (500 - at) * DAY,
    MfaKinds: MFA[at % MFA.length] ?? [],
    ConsoleAccess: !isProgram,
    ActiveKeys: keyDays === undefined ? 0 : 1,
    Groups: GROUPS[at % GROUPS.length] ?? [],
    ...(keyDays === undefined ? {} : { OldestActiveKeyDate: now - keyDays * DAY }),
    ...(isProgram || at % 4 === 2 ? {} : { PasswordLastUsed: now - (at % 40) * DAY - 7_200_000 }),
  };
}

export function pageOfUsers(
  users: readonly UserSummary[],
  { Search = "", Mfa, Marker = "0" }: UserQuestion,
): UserPage {
  const found = users.filter(
    ({ UserName, MfaKinds }) =>
      UserName.toLowerCase().includes(Search.toLowerCase()) && (Mfa !== "none" || MfaKinds.length === 0),
  );
  const begin = Number(Marker);
  const IsTruncated = found.length > begin + PAGE;
  return {
    Users: found.slice(begin, begin + PAGE),
    Matches: found.length,
    IsTruncated,
    ...(IsTruncated ? { Marker: String(begin + PAGE) } : {}),
  };
}

/** Names that are taken, and groups that are not there. */
export const problemsOf = (
  users: readonly UserSummary[],
  groups: readonly string[],
  wanted: readonly NewUser[],
): readonly NewUserProblem[] =>
  wanted.flatMap(({ UserName, Groups = [] }, Row): readonly NewUserProblem[] => [
    ...(users.some((user) => user.UserName === UserName)
      ? [{ Row, Member: "UserName" as const, Message: `User with name ${UserName} already exists.` }]
      : []),
    ...Groups.filter((group) => !groups.includes(group)).map((group) => ({
      Row,
      Member: "Groups" as const,
      Message: `The group with name ${group} cannot be found.`,
    })),
  ]);
