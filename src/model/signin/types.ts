/** Inputs and outputs of the sign-in operations. Moments are epoch milliseconds. */
export interface SignInOperations {
  /** Where this browser stands; survives a reload. */
  readonly GetSignIn: { readonly input: Nothing; readonly output: SignIn };
  readonly SubmitPassword: { readonly input: PasswordInput; readonly output: SignIn };
  /** One guess tests one device. */
  readonly SubmitCode: { readonly input: CodeInput; readonly output: SignIn };
  /** Stays at the step "factor": a fresh code is asked. */
  readonly ResyncDevice: { readonly input: ResyncInput; readonly output: SignIn };
  /** The change that a reset or an expired password forces. */
  readonly ChangePassword: { readonly input: ChangePasswordInput; readonly output: SignIn };
  readonly SkipEnrolment: { readonly input: Nothing; readonly output: SignIn };
  /** After enrolling: where do we stand now? */
  readonly Continue: { readonly input: Nothing; readonly output: SignIn };
  /** Makes the first account, by the link that the server printed. */
  readonly SetUp: { readonly input: SetUpInput; readonly output: SignIn };
  readonly SignOut: { readonly input: Nothing; readonly output: Nothing };
  /** Proves a factor again, inside a session. */
  readonly ProveFactor: { readonly input: CodeInput; readonly output: { readonly ProvedAt: number } };
}

type Nothing = Readonly<Record<never, never>>;

export type SignInStep = "password" | "factor" | "change-password" | "enrol" | "session";

export interface SignIn {
  readonly Step: SignInStep;
  readonly ServerTime: number;
  /** No account yet: the set-up link is needed. */
  readonly SetUpNeeded?: boolean | undefined;
  /** From the step "factor" on. */
  readonly Account?: SignInAccount | undefined;
  /** Absent for root. */
  readonly UserName?: string | undefined;
  readonly Root?: boolean | undefined;
  /** At the step "factor". */
  readonly Devices?: readonly SignInDevice[] | undefined;
  /** At the step "change-password". */
  readonly PasswordRules?: PasswordRules | undefined;
  readonly PasswordReason?: "reset" | "expired" | undefined;
  /** At the step "enrol". */
  readonly Enrolment?: Enrolment | undefined;
  /** Of GetSignIn, in a session: when it ends unless something is asked of it. To look does not put that off. */
  readonly SessionEndsAt?: number | undefined;
}

export interface SignInAccount {
  readonly AccountId: string;
  readonly Alias?: string | undefined;
}

export interface SignInDevice {
  /** The serial number. */
  readonly DeviceId: string;
  readonly Kind: "virtual" | "hardware" | "security-key" | "passkey";
  readonly Name: string;
  readonly EnableDate: number;
}

export interface PasswordRules {
  readonly MinimumLength: number;
  readonly RequireSymbols: boolean;
  readonly RequireNumbers: boolean;
  readonly RequireUppercaseCharacters: boolean;
  readonly RequireLowercaseCharacters: boolean;
  /** So many earlier passwords are refused. */
  readonly ReusePrevention: number;
  /** So many of upper case, lower case, digits and symbols, whichever; absent where it is the four above that count. */
  readonly MinimumClasses?: number | undefined;
}

export interface Enrolment {
  readonly Required: boolean;
  readonly MaySkip: boolean;
  readonly DaysLeft?: number | undefined;
}

export interface PasswordInput {
  readonly Type: "root" | "user";
  /** Of root. */
  readonly Email?: string | undefined;
  /** Of a user: the account's id or alias. */
  readonly Account?: string | undefined;
  readonly UserName?: string | undefined;
  readonly Password: string;
}

export interface CodeInput {
  readonly DeviceId: string;
  readonly Code: string;
}

export interface ResyncInput {
  readonly DeviceId: string;
  readonly Code1: string;
  readonly Code2: string;
}

export interface ChangePasswordInput {
  readonly OldPassword: string;
  readonly NewPassword: string;
}

export interface SetUpInput {
  readonly Token: string;
  readonly Alias?: string | undefined;
  readonly Email: string;
  readonly Password: string;
}
