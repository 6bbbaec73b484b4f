import type { PasswordRules, SignIn, SignInDevice } from "#model/signin/types.ts";
import type { DeviceRow } from "#ports/devices.ts";
import type { PasswordPolicyRow } from "#ports/passwords.ts";
import type { Reader } from "#ports/store.ts";
import { daysLeft, type Enrolment, type PasswordReason, type Standing } from "#signin/steps.ts";
import { isRootUser } from "../users.ts";
import { type Person, passwordPolicyOf } from "./people.ts";
import type { Visit } from "./visit.ts";

/** What every answer says once it is known who signs in. */
function shownPerson({ now }: Visit, { account, user }: Person): Omit<SignIn, "Step"> {
  const { accountId, alias } = account;
  return {
    ServerTime: now,
    Account: { AccountId: accountId, ...(alias === undefined ? {} : { Alias: alias }) },
    ...(isRootUser(user) ? { Root: true } : { UserName: user.userName, Root: false }),
  };
}

/** More than a person may have. */
const ALL_DEVICES = 1000;

export async function atFactor(store: Reader, visit: Visit, person: Person): Promise<SignIn> {
  const { accountId, userId } = person.user;
  const devices = await store.devices.listFor(accountId, userId, { limit: ALL_DEVICES });
  return { Step: "factor", ...shownPerson(visit, person), Devices: devices.map(shownDevice) };
}

const shownDevice = ({ serialNumber, name, owner, createdAt }: DeviceRow): SignInDevice => ({
  DeviceId: serialNumber,
  Kind: "virtual",
  Name: name,
  EnableDate: owner?.enabledAt ?? createdAt,
});

export async function atChangePassword(
  store: Reader,
  visit: Visit,
  person: Person,
  reason: PasswordReason,
): Promise<SignIn> {
  const policy = await passwordPolicyOf(store, person.user);
  return {
    Step: "change-password",
    ...shownPerson(visit, person),
    PasswordRules: shownRules(policy),
    PasswordReason: reason,
  };
}

/** The default policy asks for three of four classes, which of them is the user's choice (contract 1.5). */
const DEFAULT_RULES: PasswordRules = Object.freeze({
  MinimumLength: 8,
  RequireSymbols: false,
  RequireNumbers: false,
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
  ReusePrevention: 0,
  MinimumClasses: 3,
});

const shownRules = (policy: PasswordPolicyRow | undefined): PasswordRules =>
  policy === undefined
    ? DEFAULT_RULES
    : {
        MinimumLength: policy.minimumPasswordLength,
        RequireSymbols: policy.requireSymbols,
        RequireNumbers: policy.requireNumbers,
        RequireUppercaseCharacters: policy.requireUppercaseCharacters,
        RequireLowercaseCharacters: policy.requireLowercaseCharacters,
        ReusePrevention: policy.passwordReusePrevention,
      };

export function inSession(
  visit: Visit,
  person: Person,
  enrolment: Enrolment,
  reminder: Standing["reminder"],
): SignIn {
  if (enrolment === "none") return { Step: "session", ...shownPerson(visit, person) };
  const required = enrolment === "required";
  return {
    Step: "enrol",
    ...shownPerson(visit, person),
    Enrolment: {
      Required: required,
      MaySkip: !required,
      ...(required ? {} : { DaysLeft: daysLeft(reminder, visit.deps.signIn, visit.now) }),
    },
  };
}
