import type { UpdateRoleCommandInput, UpdateRoleCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { RoleRow } from "#ports/roles.ts";
import type { WriteOperation } from "../operation.ts";
import { knownRole, noSuchRole, roleResource, roleTarget } from "../roles.ts";
import { taggedContext } from "../tags.ts";

type Output = Omit<UpdateRoleCommandOutput, "$metadata">;

/** What is left out stays as it is (recorded). */
export const UpdateRole: WriteOperation<UpdateRoleCommandInput, Output, RoleRow | undefined> = {
  kind: "write",
  service: "iam",
  name: "UpdateRole",
  action: "iam:UpdateRole",
  readOnly: false,
  bumpsRevision: true,
  target: roleTarget,
  resources: roleResource,
  context: taggedContext,
  async run(store, _call, input, target) {
    const role = knownRole(input, target);
    if (!role.ok) return role;
    const { accountId, roleId } = role.value;
    const locked = await store.roles.lock(accountId, roleId);
    if (locked === undefined) return refuse(noSuchRole(input.RoleName));
    const { Description, MaxSessionDuration } = input;
    await store.roles.update(accountId, roleId, {
      ...(Description === undefined ? {} : { description: Description }),
      ...(MaxSessionDuration === undefined ? {} : { maxSessionSeconds: MaxSessionDuration }),
    });
    return accept({});
  },
};
