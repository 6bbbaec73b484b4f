import { type Table, table } from "#base/table.ts";
import { boolean, integer, type Members, pattern, required, string } from "./constraint.ts";

/** As IAM has the names of users and roles. */
const name = string({ min: 1, max: 128, pattern: pattern(String.raw`[\w+=,.@-]+`) });

/** What the inputs of our own service must satisfy. */
export const COUNTERSIGN_CONSTRAINTS: Table<Members> = table({
  GetConsoleContext: {},
  ListSessions: {},
  RevokeSession: { SessionId: required(string({ min: 1, max: 128 })) },
  RevokeOtherSessions: { TemporaryCredentials: required(boolean) },
  GetDashboard: {},
  ListSignIns: { MaxItems: integer({ min: 1, max: 1000 }) },
  RevokeSessions: { UserName: name, RoleName: name },
} satisfies Record<string, Members>);
