import type { GetGroupCommandInput, GetGroupCommandOutput } from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import { nameKey } from "#identity/arns.ts";
import type { GroupRow } from "#ports/groups.ts";
import { groupResource, groupTarget, knownGroup } from "../groups.ts";
import type { ReadOperation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { shownGroup } from "./group-shape.ts";
import { listedUser } from "./user-shape.ts";

type Output = Omit<GetGroupCommandOutput, "$metadata">;

/** The group and a page of its members. */
export const GetGroup: ReadOperation<GetGroupCommandInput, Output, GroupRow | undefined> = {
  kind: "read",
  service: "iam",
  name: "GetGroup",
  action: "iam:GetGroup",
  readOnly: true,
  target: groupTarget,
  resources: groupResource,
  async run(store, call, input, target) {
    const group = knownGroup(input, target);
    if (!group.ok) return group;
    const { accountId, groupId } = group.value;
    const page = await pageOf(
      call,
      "GetGroup",
      [groupId],
      input,
      (wanted) => store.users.listInGroup(accountId, groupId, wanted),
      ({ userName }) => nameKey(userName),
    );
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    return accept({ Group: shownGroup(group.value), Users: rows.map(listedUser), IsTruncated, Marker });
  },
};
