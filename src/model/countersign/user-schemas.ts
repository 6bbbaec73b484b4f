import type { StaticStructureSchema } from "@smithy/types";
import { BOOLEAN, list, NUMBER, STRING, structure } from "../schemas.ts";
import type {
  CreatedUsers,
  NewUser,
  NewUserProblem,
  NewUsers,
  UserOperations,
  UserPage,
  UserQuestion,
  UserSummary,
  UserTag,
} from "./user-types.ts";

const texts = list("Texts", STRING);

const summary = structure<UserSummary>(
  "UserSummary",
  {
    UserName: STRING,
    UserId: STRING,
    Arn: STRING,
    Path: STRING,
    CreateDate: NUMBER,
    MfaKinds: texts,
    ConsoleAccess: BOOLEAN,
    ActiveKeys: NUMBER,
    Groups: texts,
  },
  { PasswordLastUsed: NUMBER, OldestActiveKeyDate: NUMBER },
);

const tag = structure<UserTag>("UserTag", { Key: STRING, Value: STRING }, {});

const newUser = structure<NewUser>(
  "NewUser",
  { UserName: STRING },
  { Path: STRING, Groups: texts, Tags: list("Tags", tag), ContactAddress: STRING },
);

const problem = structure<NewUserProblem>(
  "NewUserProblem",
  { Row: NUMBER, Message: STRING },
  { Member: STRING },
);

export const USER_SHAPES = {
  ListUserSummaries: [
    structure<UserQuestion>(
      "ListUserSummariesInput",
      {},
      {
        Search: STRING,
        Mfa: STRING,
        ConsoleAccess: BOOLEAN,
        GroupName: STRING,
        NotSignedInForDays: NUMBER,
        KeyOlderThanDays: NUMBER,
        Sort: STRING,
        Descending: BOOLEAN,
        MaxItems: NUMBER,
        Marker: STRING,
      },
    ),
    structure<UserPage>(
      "ListUserSummariesOutput",
      { Users: list("Users", summary), IsTruncated: BOOLEAN },
      { Matches: NUMBER, Marker: STRING },
    ),
  ],
  CreateUsers: [
    structure<NewUsers>("CreateUsersInput", { Users: list("Users", newUser) }, { DryRun: BOOLEAN }),
    structure<CreatedUsers>(
      "CreateUsersOutput",
      { Created: NUMBER, Problems: list("Problems", problem) },
      {},
    ),
  ],
} as const satisfies Record<keyof UserOperations, readonly [StaticStructureSchema, StaticStructureSchema]>;
