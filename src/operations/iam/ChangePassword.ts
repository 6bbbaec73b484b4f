import type { ChangePasswordCommandInput, ChangePasswordCommandOutput } from "@aws-sdk/client-iam";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { earlierHashesAfter, passwordAge } from "#identity/password-policy.ts";
import { afterFailure, afterSuccess, NEW_BUDGET, spendCheck } from "#mfa/budget.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { BudgetRow } from "#ports/budgets.ts";
import type { LoginProfileRow } from "#ports/passwords.ts";
import type { Reader, Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { Call } from "../call.ts";
import { tell } from "../notices.ts";
import type { WriteOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { isRootUser, userTarget } from "../users.ts";
import {
  endConsoleSessions,
  hashNewPassword,
  loginProfileBusy,
  noLoginProfile,
  oldPasswordProblem,
} from "./login-profiles.ts";

type Input = ChangePasswordCommandInput;
type Output = Omit<ChangePasswordCommandOutput, "$metadata">;

/** What the slow part found, told by `run` alone and only within the budget of guesses. */
interface Prepared {
  readonly oldProblem: ServiceError | undefined;
  readonly newHash: Outcome<string, ServiceError>;
  /** The hash that the old password was checked against. */
  readonly expectedHash: string;
}

/**
 * A user changes his own password. His session tokens live on, as on AWS; of his console sessions the one he calls with, under
 * another cookie.
 */
export const ChangePassword: WriteOperation<Input, Output, UserRow | undefined, Prepared> = {
  kind: "write",
  service: "iam",
  name: "ChangePassword",
  action: "iam:ChangePassword",
  readOnly: false,
  sensitive: (user) => user,
  target: (store, call) => userTarget(store, call, {}),
  resources: ({ caller }) => [caller.arn],
  context: taggedContext,
  tells: (_input, user) => user && { about: user, kind: "password-changed" },
  async prepare(store, call, input, target) {
    const own = await ownProfile(store, target);
    if (!own.ok) return own;
    const { user, profile } = own.value;
    // what would be withheld is not worked out: hashes are dear
    const known = (await store.budgets.load(user.accountId, subjectOf(user))) ?? NEW_BUDGET;
    if (!spendCheck(known, known, call.now).ok) return refuse(withheld());
    const expired = await expiryProblem(store, call, profile);
    if (expired !== undefined) return refuse(expired);
    const oldProblem = await oldPasswordProblem(call, input.OldPassword ?? "", profile);
    // shed, not checked
    if (oldProblem?.code === "Throttling") return refuse(oldProblem);
    // also behind a wrong old password: how long the call takes tells nothing while its answer is withheld
    const hashed = await hashNewPassword(store, call, user, input.NewPassword ?? "", profile);
    const newHash = hashed.ok && input.NewPassword === input.OldPassword ? refuse(samePassword()) : hashed;
    return accept({ oldProblem, newHash, expectedHash: profile.passwordHash });
  },
  async run(store, call, _input, target, { oldProblem, newHash, expectedHash }) {
    const own = await ownProfile(store, target);
    if (!own.ok) return own;
    const { user, profile } = own.value;
    if (!(await spendGuess(store, call, user, oldProblem === undefined))) return refuse(withheld());
    if (oldProblem !== undefined) return { ...refuse(oldProblem), counted: true };
    if (!newHash.ok) return { ...newHash, counted: true };
    const earlierHashes = earlierHashesAfter(profile);
    const changed = {
      ...profile,
      passwordHash: newHash.value,
      earlierHashes,
      changedAt: call.now,
      resetRequired: false,
    };
    const replaced = await store.loginProfiles.replace(changed, expectedHash);
    if (!replaced) return refuse(loginProfileBusy(user));
    return endConsoleSessions(store, call, user);
  },
  audit: { request: () => null },
};

/** Recorded: the code, without a sentence, for an account that does not bar used passwords. */
const samePassword = (): ServiceError =>
  serviceError("AccessDenied", "The new password must be different from the old password.");

const withheld = (): ServiceError => serviceError("Throttling", "Rate exceeded");

const subjectOf = ({ userId }: UserRow): string => `password:${userId}`;

/**
 * Whoever holds a user's key may not guess his password with it: as many tries as a device has and the waits of a person,
 * counted apart (DESIGN 3.2). No lock: only he could open it.
 */
async function spendGuess(store: Transaction, call: Call, user: UserRow, right: boolean): Promise<boolean> {
  const budget = await store.budgets.lock(user.accountId, subjectOf(user));
  const spent = spendCheck(budget, budget, call.now);
  if (!spent.ok) return false;
  const { person, stage } = right
    ? { ...afterSuccess(NEW_BUDGET, spent.value), stage: undefined }
    : afterFailure(NEW_BUDGET, spent.value, call.now);
  await store.budgets.save({ ...budget, ...person } satisfies BudgetRow);
  // once a stage, as of codes (DESIGN 3.2)
  if (stage !== undefined) {
    const details = { failures: String(stage.failures), by: call.caller.arn };
    await tell(store, call, { about: user, kind: "password-waits-reached", details });
  }
  return true;
}

interface OwnProfile {
  readonly user: UserRow;
  readonly profile: LoginProfileRow;
}

/** IAM users alone: root changes its password at sign-in, the operator has none. */
async function ownProfile(
  store: Reader,
  user: UserRow | undefined,
): Promise<Outcome<OwnProfile, ServiceError>> {
  if (user === undefined || isRootUser(user)) {
    return refuse(serviceError("InvalidUserType", "Only IAM Users can change their own password"));
  }
  const profile = await store.loginProfiles.load(user.accountId, user.userId);
  return profile === undefined ? refuse(noLoginProfile(user)) : accept({ user, profile });
}

/** With hard expiry an expired password is an administrator's to reset (contract 1.5). */
async function expiryProblem(
  store: Reader,
  call: Call,
  profile: LoginProfileRow,
): Promise<ServiceError | undefined> {
  const policy = await store.passwordPolicies.load(profile.accountId);
  if (passwordAge(profile.changedAt, policy, call.now) !== "hard-expired") return undefined;
  return serviceError("AccessDenied", "The password has expired. An administrator must reset it.");
}
