import type { UpdateLoginProfileCommandInput, UpdateLoginProfileCommandOutput } from "@aws-sdk/client-iam";
import type { EpochMs } from "#base/clock.ts";
import { accept, refuse } from "#base/outcome.ts";
import { earlierHashesAfter } from "#identity/password-policy.ts";
import type { LoginProfileRow } from "#ports/passwords.ts";
import type { UserRow } from "#ports/users.ts";
import type { WriteOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { iamUser, userResource, userTarget } from "../users.ts";
import { endConsoleSessions, hashNewPassword, loginProfileBusy, noLoginProfile } from "./login-profiles.ts";

type Input = UpdateLoginProfileCommandInput;
type Output = Omit<UpdateLoginProfileCommandOutput, "$metadata">;

/** The new password's hash and the one that its history was read with; undefined where no password was given. */
type Prepared = { readonly passwordHash: string; readonly expectedHash: string } | undefined;

/** What is left out stays as it is. */
export const UpdateLoginProfile: WriteOperation<Input, Output, UserRow | undefined, Prepared> = {
  kind: "write",
  service: "iam",
  name: "UpdateLoginProfile",
  action: "iam:UpdateLoginProfile",
  readOnly: false,
  target: userTarget,
  resources: userResource,
  context: taggedContext,
  tells: ({ Password }, user) =>
    Password === undefined ? undefined : user && { about: user, kind: "password-changed" },
  async prepare(store, call, input, target) {
    const user = iamUser(call, input, target);
    if (!user.ok) return user;
    const profile = await store.loginProfiles.load(user.value.accountId, user.value.userId);
    if (profile === undefined) return refuse(noLoginProfile(user.value));
    if (input.Password === undefined) return accept(undefined);
    const hashed = await hashNewPassword(store, call, user.value, input.Password, profile);
    return hashed.ok ? accept({ passwordHash: hashed.value, expectedHash: profile.passwordHash }) : hashed;
  },
  async run(store, call, input, target, prepared) {
    const user = iamUser(call, input, target);
    if (!user.ok) return user;
    const profile = await store.loginProfiles.load(user.value.accountId, user.value.userId);
    if (profile === undefined) return refuse(noLoginProfile(user.value));
    const resetRequired = input.PasswordResetRequired ?? profile.resetRequired;
    const changed = { ...withPassword(profile, prepared, call.now), resetRequired };
    const replaced = await store.loginProfiles.replace(
      changed,
      prepared?.expectedHash ?? profile.passwordHash,
    );
    if (!replaced) return refuse(loginProfileBusy(user.value));
    // whoever was signed in with the password before has to sign in with this one
    return prepared === undefined ? accept({}) : endConsoleSessions(store, call, user.value);
  },
  audit: {
    request: ({ UserName, PasswordResetRequired }) => ({
      userName: UserName,
      passwordResetRequired: PasswordResetRequired,
    }),
  },
};

function withPassword(profile: LoginProfileRow, prepared: Prepared, now: EpochMs): LoginProfileRow {
  if (prepared === undefined) return profile;
  const { passwordHash } = prepared;
  return { ...profile, passwordHash, changedAt: now, earlierHashes: earlierHashesAfter(profile) };
}
