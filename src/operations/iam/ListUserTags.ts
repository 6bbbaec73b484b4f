import type { ListUserTagsCommandInput, ListUserTagsCommandOutput } from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import type { UserRow } from "#ports/users.ts";
import type { ReadOperation } from "../operation.ts";
import { pageOfRows } from "../paging.ts";
import { taggedContext } from "../tags.ts";
import { iamUser, userResource, userTarget } from "../users.ts";

type Output = Omit<ListUserTagsCommandOutput, "$metadata">;

export const ListUserTags: ReadOperation<ListUserTagsCommandInput, Output, UserRow | undefined> = {
  kind: "read",
  service: "iam",
  name: "ListUserTags",
  action: "iam:ListUserTags",
  readOnly: true,
  target: userTarget,
  resources: userResource,
  context: taggedContext,
  async run(_store, call, input, target) {
    const user = iamUser(call, input, target);
    if (!user.ok) return user;
    const page = await pageOfRows(call, "ListUserTags", [user.value.userId], input, user.value.tags);
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    return accept({ Tags: [...rows], IsTruncated, Marker });
  },
};
