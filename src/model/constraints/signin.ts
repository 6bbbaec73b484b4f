import { type Table, table } from "#base/table.ts";
import { type Members, oneOf, pattern, required, string } from "./constraint.ts";

// What is asked here must not tell anything: these are the bounds of what could be right, whoever it is that tries.
const email = string({ min: 1, max: 254 });
const account = string({ min: 1, max: 63 });
const userName = string({ min: 1, max: 64 });
const password = string({ min: 1, max: 128 });
const deviceId = string({ min: 1, max: 256 });
const code = string({ pattern: pattern(String.raw`[\d]{6}`, { source: "[0-9]{6}" }) });

/** What the inputs of sign-in must satisfy. */
export const SIGNIN_CONSTRAINTS: Table<Members> = table({
  GetSignIn: {},
  SubmitPassword: {
    Type: required(oneOf("root", "user")),
    Email: email,
    Account: account,
    UserName: userName,
    Password: required(password),
  },
  SubmitCode: { DeviceId: required(deviceId), Code: required(code) },
  ResyncDevice: { DeviceId: required(deviceId), Code1: required(code), Code2: required(code) },
  ChangePassword: { OldPassword: required(password), NewPassword: required(password) },
  SkipEnrolment: {},
  Continue: {},
  SetUp: {
    Token: required(string({ min: 1, max: 256 })),
    Alias: string({ min: 1, max: 63 }),
    Email: required(email),
    Password: required(password),
  },
  SignOut: {},
  ProveFactor: { DeviceId: required(deviceId), Code: required(code) },
} satisfies Record<string, Members>);
