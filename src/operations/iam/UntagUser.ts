import type { UntagUserCommandInput, UntagUserCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { withoutTags } from "#identity/tags.ts";
import type { UserRow } from "#ports/users.ts";
import type { WriteOperation } from "../operation.ts";
import { untaggingContext } from "../tags.ts";
import { iamUser, noSuchUser, userResource, userTarget } from "../users.ts";

type Output = Omit<UntagUserCommandOutput, "$metadata">;

/** A key that is not there is passed over. */
export const UntagUser: WriteOperation<UntagUserCommandInput, Output, UserRow | undefined> = {
  kind: "write",
  service: "iam",
  name: "UntagUser",
  action: "iam:UntagUser",
  readOnly: false,
  bumpsRevision: true,
  target: userTarget,
  resources: userResource,
  context: untaggingContext,
  async run(store, call, input, target) {
    const user = iamUser(call, input, target);
    if (!user.ok) return user;
    const { accountId, userId, userName } = user.value;
    const locked = await store.users.lock(accountId, userId);
    if (locked === undefined) return refuse(noSuchUser(userName));
    await store.users.setTags(accountId, userId, withoutTags(locked.tags, input.TagKeys ?? []));
    return accept({});
  },
};
