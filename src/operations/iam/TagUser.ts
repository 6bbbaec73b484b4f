import type { TagUserCommandInput, TagUserCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { UserRow } from "#ports/users.ts";
import type { WriteOperation } from "../operation.ts";
import { checkTagging, taggingContext } from "../tags.ts";
import { iamUser, noSuchUser, userResource, userTarget } from "../users.ts";

type Output = Omit<TagUserCommandOutput, "$metadata">;

export const TagUser: WriteOperation<TagUserCommandInput, Output, UserRow | undefined> = {
  kind: "write",
  service: "iam",
  name: "TagUser",
  action: "iam:TagUser",
  readOnly: false,
  bumpsRevision: true,
  target: userTarget,
  resources: userResource,
  context: taggingContext,
  async run(store, call, input, target) {
    const user = iamUser(call, input, target);
    if (!user.ok) return user;
    const { accountId, userId, userName } = user.value;
    const locked = await store.users.lock(accountId, userId);
    if (locked === undefined) return refuse(noSuchUser(userName));
    const tags = checkTagging(locked.tags, input.Tags);
    if (!tags.ok) return tags;
    await store.users.setTags(accountId, userId, tags.value);
    return accept({});
  },
};
