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
import { page } from "./shared.ts";

const DEVICE_KINDS = ["virtual", "hardware", "security-key", "passkey"];
const MFA_METHOD_NAMES = [...DEVICE_KINDS, "recovery-code"];

/** As IAM has the names of users and roles. */
const name = string({ min: 1, max: 128, pattern: pattern(String.raw`[\w+=,.@-]+`) });

/** Of e-mail (RFC 5321 section 4.5.3.1.3, without the angle brackets). */
const address = string({ min: 3, max: 254 });

/** Ten years. */
const days = integer({ min: 1, max: 3650 });

const NEW_USER = structure({
  UserName: required(string()),
  Path: string(),
  Groups: list(string(), { max: 100 }),
  Tags: list(structure({ Key: required(string()), Value: required(string()) }), { max: 100 }),
  ContactAddress: string(),
});

/** What the inputs of our own service must satisfy. */
export const COUNTERSIGN_CONSTRAINTS: Table<Members> = table({
  GetConsoleContext: {},
  ListSessions: {},
  RevokeSession: { SessionId: required(string({ min: 1, max: 128 })) },
  RevokeOtherSessions: { TemporaryCredentials: required(boolean) },
  GetDashboard: {},
  ListSignIns: { MaxItems: integer({ min: 1, max: 1000 }) },
  CancelMFAEnrolment: {
    SerialNumber: required(string({ min: 9, max: 256 })),
    EnrolmentId: required(string({ min: 1, max: 128 })),
  },
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
  ListUserActivity: { UserName: required(name), ...page },
  ListUserSummaries: {
    Search: string({ min: 1, max: 128 }),
    Mfa: oneOf("none", "any", ...DEVICE_KINDS),
    ConsoleAccess: boolean,
    GroupName: name,
    NotSignedInForDays: days,
    KeyOlderThanDays: days,
    Sort: oneOf("UserName", "CreateDate", "PasswordLastUsed", "KeyAge"),
    Descending: boolean,
    ...page,
  },
  // a row that breaks IAM's own rules is told of with its number
  CreateUsers: { Users: required(list(NEW_USER, { min: 1, max: 1000 })), DryRun: boolean },
  RevokeSessions: { UserName: name, RoleName: name },
  PutContactAddress: { UserName: name, Address: required(address) },
  GetContactAddress: { UserName: name },
  DeleteContactAddress: { UserName: name },
  ConfirmContactAddress: { Token: required(string({ min: 1, max: 256 })) },
  PutSecurityContact: { Address: required(address) },
  GetSecurityContact: {},
  DeleteSecurityContact: {},
  GetServerSettings: {},
  SendTestNotification: { Address: required(address) },
  ListNotices: {},
  DismissNotice: { NoticeId: required(string({ min: 1, max: 128 })) },
} satisfies Record<string, Members>);
