import type { CreateGroupCommandInput, CreateGroupCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { groupArn } from "#identity/arns.ts";
import { issuePrincipalId } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import type { GroupRow } from "#ports/groups.ts";
import type { Call } from "../call.ts";
import { eventDate } from "../event-date.ts";
import { groupExists } from "../groups.ts";
import { noTarget, type WriteOperation } from "../operation.ts";
import { shownGroup } from "./group-shape.ts";

type Output = Omit<CreateGroupCommandOutput, "$metadata">;

export const CreateGroup: WriteOperation<CreateGroupCommandInput, Output> = {
  kind: "write",
  service: "iam",
  name: "CreateGroup",
  action: "iam:CreateGroup",
  readOnly: false,
  target: noTarget,
  resources: ({ caller }, { Path = "/", GroupName = "" }) => [groupArn(caller.accountId, Path, GroupName)],
  async run(store, call, input) {
    const group = newGroup(call, input);
    if (!(await store.groups.create(group))) return refuse(groupExists(group.groupName));
    const quota = call.deps.quotas.groups;
    if (await store.accounts.count(group.accountId, "groupCount", 1, quota)) {
      return accept({ Group: shownGroup(group) });
    }
    return refuse(serviceError("LimitExceeded", `Cannot exceed quota for GroupsPerAccount: ${quota}`));
  },
  audit: { response: ({ Group }) => ({ group: Group === undefined ? null : createdGroup(Group) }) },
};

const newGroup = (call: Call, { Path = "/", GroupName = "" }: CreateGroupCommandInput): GroupRow => ({
  accountId: call.caller.accountId,
  groupId: issuePrincipalId("group", call.deps.random),
  groupName: GroupName,
  path: Path,
  createdAt: call.now,
  memberCount: 0,
  policyCount: 0,
  inlineCount: 0,
  inlineSize: 0,
});

function createdGroup({ Arn, CreateDate, GroupId, GroupName, Path }: NonNullable<Output["Group"]>): object {
  const createDate = CreateDate === undefined ? null : eventDate(CreateDate);
  return { arn: Arn, createDate, groupId: GroupId, groupName: GroupName, path: Path };
}
