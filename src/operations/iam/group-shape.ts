import type { Group } from "@aws-sdk/client-iam";
import type { GroupRow } from "#ports/groups.ts";
import { arnOfGroup } from "../groups.ts";

/** A group, alone and in lists alike. */
export const shownGroup = (group: GroupRow): Group => ({
  Path: group.path,
  GroupName: group.groupName,
  GroupId: group.groupId,
  Arn: arnOfGroup(group),
  CreateDate: new Date(group.createdAt),
});
