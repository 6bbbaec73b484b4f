import type { DeleteGroupCommandInput, DeleteGroupCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { GroupRow } from "#ports/groups.ts";
import { changedMeanwhile, conflict, policyConflict } from "../delete-conflicts.ts";
import { groupResource, groupTarget, knownGroup, noSuchGroup } from "../groups.ts";
import type { WriteOperation } from "../operation.ts";

type Output = Omit<DeleteGroupCommandOutput, "$metadata">;

/** A group that can be deleted has no members, so no decision reads it. */
export const DeleteGroup: WriteOperation<DeleteGroupCommandInput, Output, GroupRow | undefined> = {
  kind: "write",
  service: "iam",
  name: "DeleteGroup",
  action: "iam:DeleteGroup",
  readOnly: false,
  target: groupTarget,
  resources: groupResource,
  async run(store, _call, input, target) {
    const group = knownGroup(input, target);
    if (!group.ok) return group;
    const { accountId, groupId } = group.value;
    const locked = await store.groups.lock(accountId, groupId);
    if (locked === undefined) return refuse(noSuchGroup(input.GroupName));
    const problem = locked.memberCount > 0 ? conflict("remove users from group") : policyConflict(locked);
    if (problem !== undefined) return refuse(problem);
    if (!(await store.groups.remove(accountId, groupId))) return refuse(changedMeanwhile("group"));
    await store.accounts.count(accountId, "groupCount", -1);
    return accept({});
  },
};
