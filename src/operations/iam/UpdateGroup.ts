import type { UpdateGroupCommandInput, UpdateGroupCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { groupArn } from "#identity/arns.ts";
import type { GroupRow } from "#ports/groups.ts";
import type { Call } from "../call.ts";
import { groupExists, groupResource, groupTarget, knownGroup, noSuchGroup } from "../groups.ts";
import type { WriteOperation } from "../operation.ts";

type Output = Omit<UpdateGroupCommandOutput, "$metadata">;

/** Renames or moves: the unique id, and so members and policies, stay. */
export const UpdateGroup: WriteOperation<UpdateGroupCommandInput, Output, GroupRow | undefined> = {
  kind: "write",
  service: "iam",
  name: "UpdateGroup",
  action: "iam:UpdateGroup",
  readOnly: false,
  // what is explained of a decision names the group
  bumpsRevision: true,
  target: groupTarget,
  resources: (call, input, target) => [
    ...groupResource(call, input, target),
    ...newResource(call, input, target),
  ],
  async run(store, _call, input, target) {
    const group = knownGroup(input, target);
    if (!group.ok) return group;
    const { accountId, groupId } = group.value;
    if ((await store.groups.lock(accountId, groupId)) === undefined) {
      return refuse(noSuchGroup(input.GroupName));
    }
    if (await store.groups.update(accountId, groupId, changeOf(input))) return accept({});
    return refuse(groupExists(input.NewGroupName));
  },
};

/** The caller needs permission on the group as it is and as it will be (IAM API reference, UpdateGroup). */
function newResource(
  call: Call,
  input: UpdateGroupCommandInput,
  target: GroupRow | undefined,
): readonly string[] {
  if (input.NewPath === undefined && input.NewGroupName === undefined) return [];
  const path = input.NewPath ?? target?.path ?? "/";
  const name = input.NewGroupName ?? target?.groupName ?? input.GroupName ?? "";
  return [groupArn(call.caller.accountId, path, name)];
}

function changeOf({ NewGroupName, NewPath }: UpdateGroupCommandInput): { groupName?: string; path?: string } {
  return {
    ...(NewGroupName === undefined ? {} : { groupName: NewGroupName }),
    ...(NewPath === undefined ? {} : { path: NewPath }),
  };
}
