import { type Table, table } from "#base/table.ts";
import type { SignInOperations } from "#model/signin/types.ts";
import { ChangePassword } from "./ChangePassword.ts";
import { Continue } from "./Continue.ts";
import { GetSignIn } from "./GetSignIn.ts";
import { ProveFactor } from "./ProveFactor.ts";
import { ResyncDevice } from "./ResyncDevice.ts";
import { SetUp } from "./SetUp.ts";
import { SignOut } from "./SignOut.ts";
import { SkipEnrolment } from "./SkipEnrolment.ts";
import { SubmitCode } from "./SubmitCode.ts";
import { SubmitPassword } from "./SubmitPassword.ts";
import type { SignInOperation } from "./visit.ts";

/** By name. Each takes the input of its own schema, decoded and validated. */
export const SIGNIN_OPERATIONS: Table<SignInOperation<never>> = table<SignInOperation<never>, string>({
  ChangePassword,
  Continue,
  GetSignIn,
  ProveFactor,
  ResyncDevice,
  SetUp,
  SignOut,
  SkipEnrolment,
  SubmitCode,
  SubmitPassword,
} satisfies { readonly [Name in keyof SignInOperations]: SignInOperation<SignInOperations[Name]["input"]> });
