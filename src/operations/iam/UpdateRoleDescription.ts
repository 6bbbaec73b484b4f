import type {
  UpdateRoleDescriptionCommandInput,
  UpdateRoleDescriptionCommandOutput,
} from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { RoleRow } from "#ports/roles.ts";
import type { WriteOperation } from "../operation.ts";
import { knownRole, noSuchRole, roleResource, roleTarget } from "../roles.ts";
import { taggedContext } from "../tags.ts";
import { describedRole } from "./role-shape.ts";

type Output = Omit<UpdateRoleDescriptionCommandOutput, "$metadata">;

export const UpdateRoleDescription: WriteOperation<
  UpdateRoleDescriptionCommandInput,
  Output,
  RoleRow | undefined
> = {
  kind: "write",
  service: "iam",
  name: "UpdateRoleDescription",
  action: "iam:UpdateRoleDescription",
  readOnly: false,
  target: roleTarget,
  resources: roleResource,
  context: taggedContext,
  async run(store, _call, input, target) {
    const role = knownRole(input, target);
    if (!role.ok) return role;
    const { accountId, roleId } = role.value;
    const locked = await store.roles.lock(accountId, roleId);
    if (locked === undefined) return refuse(noSuchRole(input.RoleName));
    const { Description: description = "" } = input;
    await store.roles.update(accountId, roleId, { description });
    return accept({ Role: await describedRole(store, { ...locked, description }) });
  },
};
