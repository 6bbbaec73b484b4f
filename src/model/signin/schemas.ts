import type { StaticOperationSchema, StaticStructureSchema } from "@smithy/types";
import { BOOLEAN, list, NUMBER, operation, STRING, structure } from "../schemas.ts";
import type {
  ChangePasswordInput,
  CodeInput,
  Enrolment,
  PasswordInput,
  PasswordRules,
  ResyncInput,
  SetUpInput,
  SignIn,
  SignInAccount,
  SignInDevice,
  SignInOperations,
} from "./types.ts";

const nothing = structure<SignInOperations["SignOut"]["output"]>("Nothing", {}, {});

const account = structure<SignInAccount>("SignInAccount", { AccountId: STRING }, { Alias: STRING });

const device = structure<SignInDevice>(
  "SignInDevice",
  { DeviceId: STRING, Kind: STRING, Name: STRING, EnableDate: NUMBER },
  {},
);

const rules = structure<PasswordRules>(
  "PasswordRules",
  {
    MinimumLength: NUMBER,
    RequireSymbols: BOOLEAN,
    RequireNumbers: BOOLEAN,
    RequireUppercaseCharacters: BOOLEAN,
    RequireLowercaseCharacters: BOOLEAN,
    ReusePrevention: NUMBER,
  },
  { MinimumClasses: NUMBER },
);

const enrolment = structure<Enrolment>(
  "Enrolment",
  { Required: BOOLEAN, MaySkip: BOOLEAN },
  { DaysLeft: NUMBER },
);

const signIn = structure<SignIn>(
  "SignIn",
  { Step: STRING, ServerTime: NUMBER },
  {
    SetUpNeeded: BOOLEAN,
    Account: account,
    UserName: STRING,
    Root: BOOLEAN,
    Devices: list("Devices", device),
    PasswordRules: rules,
    PasswordReason: STRING,
    Enrolment: enrolment,
    SessionEndsAt: NUMBER,
  },
);

const passwordInput = structure<PasswordInput>(
  "PasswordInput",
  { Type: STRING, Password: STRING },
  { Email: STRING, Account: STRING, UserName: STRING },
);

const codeInput = structure<CodeInput>("CodeInput", { DeviceId: STRING, Code: STRING }, {});

const resyncInput = structure<ResyncInput>(
  "ResyncInput",
  { DeviceId: STRING, Code1: STRING, Code2: STRING },
  {},
);

const changePasswordInput = structure<ChangePasswordInput>(
  "ChangePasswordInput",
  { OldPassword: STRING, NewPassword: STRING },
  {},
);

const setUpInput = structure<SetUpInput>(
  "SetUpInput",
  { Token: STRING, Email: STRING, Password: STRING },
  { Alias: STRING },
);

const proved = structure<SignInOperations["ProveFactor"]["output"]>(
  "ProveFactorOutput",
  { ProvedAt: NUMBER },
  {},
);

const SHAPES = {
  GetSignIn: [nothing, signIn],
  SubmitPassword: [passwordInput, signIn],
  SubmitCode: [codeInput, signIn],
  ResyncDevice: [resyncInput, signIn],
  ChangePassword: [changePasswordInput, signIn],
  SkipEnrolment: [nothing, signIn],
  Continue: [nothing, signIn],
  SetUp: [setUpInput, signIn],
  SignOut: [nothing, nothing],
  ProveFactor: [codeInput, proved],
} as const satisfies Record<
  keyof SignInOperations,
  readonly [input: StaticStructureSchema, output: StaticStructureSchema]
>;

/** By operation name. */
export const SIGNIN_SCHEMAS: Readonly<Record<string, StaticOperationSchema>> = Object.fromEntries(
  Object.entries(SHAPES).map(([name, [input, output]]) => [name, operation(name, input, output)]),
);
