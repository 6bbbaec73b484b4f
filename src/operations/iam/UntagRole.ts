import type { UntagRoleCommandInput, UntagRoleCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { withoutTags } from "#identity/tags.ts";
import type { RoleRow } from "#ports/roles.ts";
import type { WriteOperation } from "../operation.ts";
import { knownRole, noSuchRole, roleResource, roleTarget } from "../roles.ts";
import { untaggingContext } from "../tags.ts";

type Output = Omit<UntagRoleCommandOutput, "$metadata">;

/** A key that is not there is passed over. */
export const UntagRole: WriteOperation<UntagRoleCommandInput, Output, RoleRow | undefined> = {
  kind: "write",
  service: "iam",
  name: "UntagRole",
  action: "iam:UntagRole",
  readOnly: false,
  bumpsRevision: true,
  target: roleTarget,
  resources: roleResource,
  context: untaggingContext,
  async run(store, _call, input, target) {
    const role = knownRole(input, target);
    if (!role.ok) return role;
    const { accountId, roleId } = role.value;
    const locked = await store.roles.lock(accountId, roleId);
    if (locked === undefined) return refuse(noSuchRole(input.RoleName));
    await store.roles.setTags(accountId, roleId, withoutTags(locked.tags, input.TagKeys ?? []));
    return accept({});
  },
};
