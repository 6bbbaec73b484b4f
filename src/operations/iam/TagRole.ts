import type { TagRoleCommandInput, TagRoleCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { RoleRow } from "#ports/roles.ts";
import type { WriteOperation } from "../operation.ts";
import { knownRole, noSuchRole, roleResource, roleTarget } from "../roles.ts";
import { checkTagging, taggingContext } from "../tags.ts";

type Output = Omit<TagRoleCommandOutput, "$metadata">;

export const TagRole: WriteOperation<TagRoleCommandInput, Output, RoleRow | undefined> = {
  kind: "write",
  service: "iam",
  name: "TagRole",
  action: "iam:TagRole",
  readOnly: false,
  bumpsRevision: true,
  target: roleTarget,
  resources: roleResource,
  context: taggingContext,
  async run(store, _call, input, target) {
    const role = knownRole(input, target);
    if (!role.ok) return role;
    const { accountId, roleId } = role.value;
    const locked = await store.roles.lock(accountId, roleId);
    if (locked === undefined) return refuse(noSuchRole(input.RoleName));
    const tags = checkTagging(locked.tags, input.Tags);
    if (!tags.ok) return tags;
    await store.roles.setTags(accountId, roleId, tags.value);
    return accept({});
  },
};
