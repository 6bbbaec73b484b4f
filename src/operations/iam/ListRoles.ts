import type { ListRolesCommandInput, ListRolesCommandOutput } from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import { nameKey, roleArn } from "#identity/arns.ts";
import { noTarget, type ReadOperation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { listedRoles } from "./role-shape.ts";

type Output = Omit<ListRolesCommandOutput, "$metadata">;

export const ListRoles: ReadOperation<ListRolesCommandInput, Output> = {
  kind: "read",
  service: "iam",
  name: "ListRoles",
  action: "iam:ListRoles",
  readOnly: true,
  target: noTarget,
  // AWS decides about the prefix: `role/` where there is none
  resources: ({ caller }, { PathPrefix = "/" }) => [roleArn(caller.accountId, PathPrefix, "")],
  async run(store, call, input) {
    const prefix = input.PathPrefix ?? "/";
    const page = await pageOf(
      call,
      "ListRoles",
      [prefix],
      input,
      (wanted) => store.roles.list(call.caller.accountId, prefix, wanted),
      ({ roleName }) => nameKey(roleName),
    );
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    return accept({ Roles: await listedRoles(store, rows), IsTruncated, Marker });
  },
};
