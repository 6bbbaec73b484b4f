import type { ListUsersCommandInput, ListUsersCommandOutput } from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import { nameKey, userArn } from "#identity/arns.ts";
import { noTarget, type ReadOperation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { listedUser } from "./user-shape.ts";

type Output = Omit<ListUsersCommandOutput, "$metadata">;

export const ListUsers: ReadOperation<ListUsersCommandInput, Output> = {
  kind: "read",
  service: "iam",
  name: "ListUsers",
  action: "iam:ListUsers",
  readOnly: true,
  target: noTarget,
  // AWS decides about the prefix: `user/` where there is none
  resources: ({ caller }, { PathPrefix = "/" }) => [userArn(caller.accountId, PathPrefix, "")],
  async run(store, call, input) {
    const prefix = input.PathPrefix ?? "/";
    const page = await pageOf(
      call,
      "ListUsers",
      [prefix],
      input,
      (wanted) => store.users.list(call.caller.accountId, prefix, wanted),
      ({ userName }) => nameKey(userName),
    );
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    return accept({ Users: rows.map(listedUser), IsTruncated, Marker });
  },
};
