import type { ListGroupsCommandInput, ListGroupsCommandOutput } from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import { groupArn, nameKey } from "#identity/arns.ts";
import { noTarget, type ReadOperation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { shownGroup } from "./group-shape.ts";

type Output = Omit<ListGroupsCommandOutput, "$metadata">;

export const ListGroups: ReadOperation<ListGroupsCommandInput, Output> = {
  kind: "read",
  service: "iam",
  name: "ListGroups",
  action: "iam:ListGroups",
  readOnly: true,
  target: noTarget,
  // AWS decides about the prefix: `group/` where there is none
  resources: ({ caller }, { PathPrefix = "/" }) => [groupArn(caller.accountId, PathPrefix, "")],
  async run(store, call, input) {
    const prefix = input.PathPrefix ?? "/";
    const page = await pageOf(
      call,
      "ListGroups",
      [prefix],
      input,
      (wanted) => store.groups.list(call.caller.accountId, prefix, wanted),
      ({ groupName }) => nameKey(groupName),
    );
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    return accept({ Groups: rows.map(shownGroup), IsTruncated, Marker });
  },
};
