import type { CreateLoginProfileCommandInput, CreateLoginProfileCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { LoginProfileRow } from "#ports/passwords.ts";
import type { UserRow } from "#ports/users.ts";
import { eventDate } from "../event-date.ts";
import type { WriteOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { iamUser, noSuchUser, userResource, userTarget } from "../users.ts";
import { hashNewPassword, shownLoginProfile } from "./login-profiles.ts";

type Input = CreateLoginProfileCommandInput;
type Output = Omit<CreateLoginProfileCommandOutput, "$metadata">;

/** Prepared: the hash of the password. */
export const CreateLoginProfile: WriteOperation<Input, Output, UserRow | undefined, string> = {
  kind: "write",
  service: "iam",
  name: "CreateLoginProfile",
  action: "iam:CreateLoginProfile",
  readOnly: false,
  target: userTarget,
  resources: userResource,
  context: taggedContext,
  tells: (_input, user) => user && { about: user, kind: "password-changed" },
  async prepare(store, call, input, target) {
    const user = iamUser(call, input, target);
    if (!user.ok) return user;
    const { accountId, userId } = user.value;
    if (await store.loginProfiles.load(accountId, userId)) return refuse(alreadyExists(user.value));
    // optional in the model for sts:AssumeRoot sessions alone (contract 1.5)
    if (input.Password === undefined) return refuse(passwordMissing());
    return hashNewPassword(store, call, user.value, input.Password, undefined);
  },
  async run(store, call, input, target, passwordHash) {
    const user = iamUser(call, input, target);
    if (!user.ok) return user;
    const { accountId, userId, userName } = user.value;
    if ((await store.users.lock(accountId, userId)) === undefined) return refuse(noSuchUser(userName));
    const profile: LoginProfileRow = {
      accountId,
      userId,
      passwordHash,
      createdAt: call.now,
      changedAt: call.now,
      resetRequired: input.PasswordResetRequired ?? false,
      earlierHashes: [],
    };
    if (!(await store.loginProfiles.create(profile))) return refuse(alreadyExists(user.value));
    return accept({ LoginProfile: shownLoginProfile(profile, user.value) });
  },
  audit: {
    request: ({ UserName, PasswordResetRequired }) => ({
      userName: UserName,
      passwordResetRequired: PasswordResetRequired,
    }),
    response: ({ LoginProfile }) => ({
      loginProfile: LoginProfile === undefined ? null : created(LoginProfile),
    }),
  },
};

const alreadyExists = (user: UserRow): ServiceError =>
  serviceError("EntityAlreadyExists", `Login Profile for user ${user.userName} already exists.`);

const passwordMissing = (): ServiceError =>
  serviceError(
    "ValidationError",
    "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
  );

function created({
  UserName,
  CreateDate,
  PasswordResetRequired,
}: NonNullable<Output["LoginProfile"]>): object {
  const createDate = CreateDate === undefined ? null : eventDate(CreateDate);
  return { userName: UserName, createDate, passwordResetRequired: PasswordResetRequired };
}
