import type { DeleteLoginProfileCommandInput, DeleteLoginProfileCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { UserRow } from "#ports/users.ts";
import type { WriteOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { iamUser, userResource, userTarget } from "../users.ts";
import { noLoginProfile } from "./login-profiles.ts";

type Output = Omit<DeleteLoginProfileCommandOutput, "$metadata">;

export const DeleteLoginProfile: WriteOperation<DeleteLoginProfileCommandInput, Output, UserRow | undefined> =
  {
    kind: "write",
    service: "iam",
    name: "DeleteLoginProfile",
    action: "iam:DeleteLoginProfile",
    readOnly: false,
    target: userTarget,
    resources: userResource,
    context: taggedContext,
    tells: (_input, user) => user && { about: user, kind: "password-changed" },
    async run(store, call, input, target) {
      const user = iamUser(call, input, target);
      if (!user.ok) return user;
      const removed = await store.loginProfiles.remove(user.value.accountId, user.value.userId);
      if (!removed) return refuse(noLoginProfile(user.value));
      // also the one that he calls with: whoever has no password has no console
      await store.consoleSessions.endAll(user.value.accountId, user.value.userId, undefined);
      return accept({});
    },
  };
