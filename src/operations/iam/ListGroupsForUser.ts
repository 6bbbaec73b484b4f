import type { ListGroupsForUserCommandInput, ListGroupsForUserCommandOutput } from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import { nameKey } from "#identity/arns.ts";
import type { UserRow } from "#ports/users.ts";
import type { ReadOperation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { taggedContext } from "../tags.ts";
import { iamUser, userResource, userTarget } from "../users.ts";
import { shownGroup } from "./group-shape.ts";

type Output = Omit<ListGroupsForUserCommandOutput, "$metadata">;

export const ListGroupsForUser: ReadOperation<ListGroupsForUserCommandInput, Output, UserRow | undefined> = {
  kind: "read",
  service: "iam",
  name: "ListGroupsForUser",
  action: "iam:ListGroupsForUser",
  readOnly: true,
  target: userTarget,
  resources: userResource,
  context: taggedContext,
  async run(store, call, input, target) {
    const user = iamUser(call, input, target);
    if (!user.ok) return user;
    const { accountId, userId } = user.value;
    const page = await pageOf(
      call,
      "ListGroupsForUser",
      [userId],
      input,
      (wanted) => store.groups.listOfUser(accountId, userId, wanted),
      ({ groupName }) => nameKey(groupName),
    );
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    return accept({ Groups: rows.map(shownGroup), IsTruncated, Marker });
  },
};
