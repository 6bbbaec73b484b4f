import type { ListRoleTagsCommandInput, ListRoleTagsCommandOutput } from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import type { RoleRow } from "#ports/roles.ts";
import type { ReadOperation } from "../operation.ts";
import { pageOfRows } from "../paging.ts";
import { knownRole, roleResource, roleTarget } from "../roles.ts";
import { taggedContext } from "../tags.ts";

type Output = Omit<ListRoleTagsCommandOutput, "$metadata">;

export const ListRoleTags: ReadOperation<ListRoleTagsCommandInput, Output, RoleRow | undefined> = {
  kind: "read",
  service: "iam",
  name: "ListRoleTags",
  action: "iam:ListRoleTags",
  readOnly: true,
  target: roleTarget,
  resources: roleResource,
  context: taggedContext,
  async run(_store, call, input, target) {
    const role = knownRole(input, target);
    if (!role.ok) return role;
    const page = await pageOfRows(call, "ListRoleTags", [role.value.roleId], input, role.value.tags);
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    return accept({ Tags: [...rows], IsTruncated, Marker });
  },
};
