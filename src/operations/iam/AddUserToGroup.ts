import type { AddUserToGroupCommandInput, AddUserToGroupCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import { noSuchGroup } from "../groups.ts";
import type { WriteOperation } from "../operation.ts";
import { noSuchUser } from "../users.ts";
import { knownMembership, type Membership, membershipResource, membershipTarget } from "./memberships.ts";

type Output = Omit<AddUserToGroupCommandOutput, "$metadata">;

/** Adding who is in it already changes nothing and succeeds (recorded). */
export const AddUserToGroup: WriteOperation<AddUserToGroupCommandInput, Output, Membership> = {
  kind: "write",
  service: "iam",
  name: "AddUserToGroup",
  action: "iam:AddUserToGroup",
  readOnly: false,
  bumpsRevision: true,
  target: membershipTarget,
  resources: membershipResource,
  async run(store, call, input, target) {
    const known = knownMembership(call, input, target);
    if (!known.ok) return known;
    const { user, group } = known.value;
    const { accountId, userId } = user;
    if ((await store.users.lock(accountId, userId)) === undefined) return refuse(noSuchUser(input.UserName));
    const added = await store.groups.addMember(accountId, group.groupId, userId, call.now);
    if (added === "no-such-group") return refuse(noSuchGroup(input.GroupName));
    if (added === "already-there") return accept({});
    const quota = call.deps.quotas.groupsPerUser;
    if (await store.users.count(accountId, userId, "groupCount", 1, quota)) return accept({});
    return refuse(serviceError("LimitExceeded", `Cannot exceed quota for GroupsPerUser: ${quota}`));
  },
};
