import type { StaticOperationSchema, StaticStructureSchema } from "@smithy/types";
import { BOOLEAN, list, NUMBER, operation, STRING, structure } from "../schemas.ts";
import { ACTIVITY_SHAPES } from "./activity-schemas.ts";
import { CONTACT_SHAPES } from "./contact-schemas.ts";
import { POLICY_SHAPES } from "./policy-schemas.ts";
import { SERVER_SHAPES } from "./server-schemas.ts";
import type {
  ConsoleAccount,
  ConsoleContext,
  ConsolePrincipal,
  ConsoleSession,
  CountersignOperations,
  Dashboard,
  DaySignIns,
  LackingUser,
  MethodCount,
  MfaCoverage,
  Nothing,
  Recommendation,
  Session,
  SessionMfa,
  SignInRecord,
} from "./types.ts";
import { USER_SHAPES } from "./user-schemas.ts";

type Input<Name extends keyof CountersignOperations> = CountersignOperations[Name]["input"];
type Output<Name extends keyof CountersignOperations> = CountersignOperations[Name]["output"];

const nothing = structure<Nothing>("Nothing", {}, {});

const account = structure<ConsoleAccount>(
  "ConsoleAccount",
  { AccountId: STRING, SignInUrl: STRING },
  { Alias: STRING },
);

const principal = structure<ConsolePrincipal>(
  "ConsolePrincipal",
  { Type: STRING, Arn: STRING, Id: STRING },
  { UserName: STRING },
);

const mfa = structure<SessionMfa>("SessionMfa", { Present: BOOLEAN }, { Method: STRING, At: NUMBER });

const consoleSession = structure<ConsoleSession>(
  "ConsoleSession",
  {
    SessionId: STRING,
    SignedInAt: NUMBER,
    ExpiresAt: NUMBER,
    IdleSeconds: NUMBER,
    MustEnrol: BOOLEAN,
    Mfa: mfa,
  },
  {},
);

const context = structure<ConsoleContext>(
  "ConsoleContext",
  { Account: account, Principal: principal, Issuer: STRING, ServerTime: NUMBER, Version: STRING },
  { Session: consoleSession },
);

const session = structure<Session>(
  "Session",
  {
    SessionId: STRING,
    Current: BOOLEAN,
    SignedInAt: NUMBER,
    LastSeenAt: NUMBER,
    ExpiresAt: NUMBER,
    SourceIp: STRING,
    UserAgent: STRING,
  },
  { MfaMethod: STRING },
);

const recommendation = structure<Recommendation>(
  "Recommendation",
  { Id: STRING, Severity: STRING, Done: BOOLEAN, MayAct: BOOLEAN },
  {},
);

const coverage = structure<MfaCoverage>(
  "MfaCoverage",
  { PhishingResistant: NUMBER, Other: NUMBER, None: NUMBER },
  {},
);

const methodCount = structure<MethodCount>("MethodCount", { Method: STRING, Count: NUMBER }, {});

const daySignIns = structure<DaySignIns>(
  "DaySignIns",
  { Day: STRING, Factors: list("Factors", methodCount), Failures: NUMBER },
  {},
);

const lackingUser = structure<LackingUser>("LackingUser", { UserName: STRING }, { PasswordLastUsed: NUMBER });

const dashboard = structure<Dashboard>(
  "Dashboard",
  { Recommendations: list("Recommendations", recommendation) },
  {
    Users: NUMBER,
    UsersWithMfa: NUMBER,
    Coverage: coverage,
    SignInsByDay: list("Days", daySignIns),
    LackingMfa: list("LackingUsers", lackingUser),
  },
);

const signIn = structure<SignInRecord>(
  "SignInRecord",
  { Time: NUMBER, Outcome: STRING, MfaUsed: BOOLEAN, SourceIp: STRING, UserAgent: STRING },
  { MfaIdentifier: STRING },
);

const SHAPES = {
  GetConsoleContext: [nothing, context],
  ListSessions: [
    nothing,
    structure<Output<"ListSessions">>("ListSessionsOutput", { Sessions: list("Sessions", session) }, {}),
  ],
  RevokeSession: [
    structure<Input<"RevokeSession">>("RevokeSessionInput", { SessionId: STRING }, {}),
    nothing,
  ],
  RevokeOtherSessions: [
    structure<Input<"RevokeOtherSessions">>(
      "RevokeOtherSessionsInput",
      { TemporaryCredentials: BOOLEAN },
      {},
    ),
    structure<Output<"RevokeOtherSessions">>("RevokeOtherSessionsOutput", { Ended: NUMBER }, {}),
  ],
  GetDashboard: [nothing, dashboard],
  ListSignIns: [
    structure<Input<"ListSignIns">>("ListSignInsInput", {}, { MaxItems: NUMBER }),
    structure<Output<"ListSignIns">>("ListSignInsOutput", { SignIns: list("SignIns", signIn) }, {}),
  ],
  CancelMFAEnrolment: [
    structure<Input<"CancelMFAEnrolment">>(
      "CancelMFAEnrolmentInput",
      { SerialNumber: STRING, EnrolmentId: STRING },
      {},
    ),
    nothing,
  ],
  ...ACTIVITY_SHAPES,
  ...CONTACT_SHAPES,
  ...POLICY_SHAPES,
  ...SERVER_SHAPES,
  ...USER_SHAPES,
  RevokeSessions: [
    structure<Input<"RevokeSessions">>("RevokeSessionsInput", {}, { UserName: STRING, RoleName: STRING }),
    nothing,
  ],
} as const satisfies Record<
  keyof CountersignOperations,
  readonly [input: StaticStructureSchema, output: StaticStructureSchema]
>;

/** By operation name. */
export const COUNTERSIGN_SCHEMAS: Readonly<Record<string, StaticOperationSchema>> = Object.fromEntries(
  Object.entries(SHAPES).map(([name, [input, output]]) => [name, operation(name, input, output)]),
);
