import type { RemoveUserFromGroupCommandInput, RemoveUserFromGroupCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { WriteOperation } from "../operation.ts";
import { noSuchUser } from "../users.ts";
import { knownMembership, type Membership, membershipResource, membershipTarget } from "./memberships.ts";

type Output = Omit<RemoveUserFromGroupCommandOutput, "$metadata">;

/** Removing who is not in it changes nothing and succeeds (recorded). */
export const RemoveUserFromGroup: WriteOperation<RemoveUserFromGroupCommandInput, Output, Membership> = {
  kind: "write",
  service: "iam",
  name: "RemoveUserFromGroup",
  action: "iam:RemoveUserFromGroup",
  readOnly: false,
  bumpsRevision: true,
  target: membershipTarget,
  resources: membershipResource,
  async run(store, call, input, target) {
    const known = knownMembership(call, input, target);
    if (!known.ok) return known;
    const { user, group } = known.value;
    const { accountId, userId } = user;
    // the user before the group, as AddUserToGroup locks them
    if ((await store.users.lock(accountId, userId)) === undefined) return refuse(noSuchUser(input.UserName));
    const removed = await store.groups.removeMember(accountId, group.groupId, userId);
    if (removed) await store.users.count(accountId, userId, "groupCount", -1);
    return accept({});
  },
};
