import { type Table, table } from "#base/table.ts";
import {
  boolean,
  integer,
  list,
  type Members,
  oneOf,
  pattern,
  required,
  string,
  structure,
} from "./constraint.ts";

const MFA_METHOD_NAMES = ["virtual", "hardware", "security-key", "passkey", "recovery-code"];

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
  ValidatePolicy: { Document: required(string({ max: 131_072 })), Type: oneOf("identity", "trust") },
  GetPolicyVocabulary: {},
  ExplainAccess: {
    PrincipalArn: required(string({ min: 20, max: 2048 })),
    Action: required(string({ min: 3, max: 128, pattern: pattern(String.raw`[\w-]+:[\w*?]+`) })),
    Resource: string({ min: 1, max: 2048 }),
    Mfa: required(
      structure({
        State: required(oneOf("absent", "false", "true")),
        AgeSeconds: integer({ min: 0, max: 10_000_000 }),
        Method: oneOf(...MFA_METHOD_NAMES),
      }),
    ),
    Context: list(
      structure({
        Key: required(string({ min: 5, max: 256 })),
        Values: required(list(string({ max: 2048 }), { max: 50 })),
      }),
      { max: 50 },
    ),
  },
  RevokeSessions: { UserName: name, RoleName: name },
} satisfies Record<string, Members>);
