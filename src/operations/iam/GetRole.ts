import type { GetRoleCommandInput, GetRoleCommandOutput } from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import type { RoleRow } from "#ports/roles.ts";
import type { ReadOperation } from "../operation.ts";
import { knownRole, roleResource, roleTarget } from "../roles.ts";
import { taggedContext } from "../tags.ts";
import { shownRole } from "./role-shape.ts";

type Output = Omit<GetRoleCommandOutput, "$metadata">;

export const GetRole: ReadOperation<GetRoleCommandInput, Output, RoleRow | undefined> = {
  kind: "read",
  service: "iam",
  name: "GetRole",
  action: "iam:GetRole",
  readOnly: true,
  target: roleTarget,
  resources: roleResource,
  context: taggedContext,
  async run(store, _call, input, target) {
    const role = knownRole(input, target);
    if (!role.ok) return role;
    return accept({ Role: await shownRole(store, role.value) });
  },
};
