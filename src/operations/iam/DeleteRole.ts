import type { DeleteRoleCommandInput, DeleteRoleCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { RoleRow } from "#ports/roles.ts";
import { changedMeanwhile, policyConflict } from "../delete-conflicts.ts";
import type { WriteOperation } from "../operation.ts";
import { knownRole, noSuchRole, roleResource, roleTarget } from "../roles.ts";
import { taggedContext } from "../tags.ts";

type Output = Omit<DeleteRoleCommandOutput, "$metadata">;

/** Its sessions die with it: they go by its unique id. A boundary is no obstacle. */
export const DeleteRole: WriteOperation<DeleteRoleCommandInput, Output, RoleRow | undefined> = {
  kind: "write",
  service: "iam",
  name: "DeleteRole",
  action: "iam:DeleteRole",
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
    const problem = policyConflict(locked);
    if (problem !== undefined) return refuse(problem);
    if (!(await store.roles.remove(accountId, roleId))) return refuse(changedMeanwhile("role"));
    await store.accounts.count(accountId, "roleCount", -1);
    return accept({});
  },
};
