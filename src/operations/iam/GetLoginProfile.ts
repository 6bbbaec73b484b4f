import type { GetLoginProfileCommandInput, GetLoginProfileCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { UserRow } from "#ports/users.ts";
import type { ReadOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { iamUser, userResource, userTarget } from "../users.ts";
import { noLoginProfile, shownLoginProfile } from "./login-profiles.ts";

type Output = Omit<GetLoginProfileCommandOutput, "$metadata">;

export const GetLoginProfile: ReadOperation<GetLoginProfileCommandInput, Output, UserRow | undefined> = {
  kind: "read",
  service: "iam",
  name: "GetLoginProfile",
  action: "iam:GetLoginProfile",
  readOnly: true,
  target: userTarget,
  resources: userResource,
  context: taggedContext,
  async run(store, call, input, target) {
    const user = iamUser(call, input, target);
    if (!user.ok) return user;
    const profile = await store.loginProfiles.load(user.value.accountId, user.value.userId);
    if (profile === undefined) return refuse(noLoginProfile(user.value));
    return accept({ LoginProfile: shownLoginProfile(profile, user.value) });
  },
};
