import type {
  UpdateAssumeRolePolicyCommandInput,
  UpdateAssumeRolePolicyCommandOutput,
} from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { RoleRow } from "#ports/roles.ts";
import type { WriteOperation } from "../operation.ts";
import { knownRole, noSuchRole, roleResource, roleTarget } from "../roles.ts";
import { taggedContext } from "../tags.ts";
import { checkTrust } from "./trust-policies.ts";

type Output = Omit<UpdateAssumeRolePolicyCommandOutput, "$metadata">;

export const UpdateAssumeRolePolicy: WriteOperation<
  UpdateAssumeRolePolicyCommandInput,
  Output,
  RoleRow | undefined
> = {
  kind: "write",
  service: "iam",
  name: "UpdateAssumeRolePolicy",
  action: "iam:UpdateAssumeRolePolicy",
  readOnly: false,
  bumpsRevision: true,
  target: roleTarget,
  resources: roleResource,
  context: taggedContext,
  async run(store, call, input, target) {
    const role = knownRole(input, target);
    if (!role.ok) return role;
    const { accountId, roleId } = role.value;
    const locked = await store.roles.lock(accountId, roleId);
    if (locked === undefined) return refuse(noSuchRole(input.RoleName));
    const { PolicyDocument: trustDocument = "" } = input;
    const trustBindings = await checkTrust(store, call, trustDocument);
    if (!trustBindings.ok) return trustBindings;
    await store.roles.setTrust(accountId, roleId, { trustDocument, trustBindings: trustBindings.value });
    return accept({});
  },
};
