import type {
  ListInstanceProfilesForRoleCommandInput,
  ListInstanceProfilesForRoleCommandOutput,
} from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import type { RoleRow } from "#ports/roles.ts";
import type { ReadOperation } from "../operation.ts";
import { pageOfRows } from "../paging.ts";
import { knownRole, roleResource, roleTarget } from "../roles.ts";
import { taggedContext } from "../tags.ts";

type Output = Omit<ListInstanceProfilesForRoleCommandOutput, "$metadata">;

/** None: instance profiles are not served. Terraform asks before it deletes a role. */
export const ListInstanceProfilesForRole: ReadOperation<
  ListInstanceProfilesForRoleCommandInput,
  Output,
  RoleRow | undefined
> = {
  kind: "read",
  service: "iam",
  name: "ListInstanceProfilesForRole",
  action: "iam:ListInstanceProfilesForRole",
  readOnly: true,
  target: roleTarget,
  resources: roleResource,
  context: taggedContext,
  async run(_store, call, input, target) {
    const role = knownRole(input, target);
    if (!role.ok) return role;
    const page = await pageOfRows(call, "ListInstanceProfilesForRole", [role.value.roleId], input, []);
    if (!page.ok) return page;
    const { IsTruncated } = page.value;
    return accept({ InstanceProfiles: [], IsTruncated });
  },
};
