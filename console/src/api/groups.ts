import {
  CreateGroupCommand,
  DeleteGroupCommand,
  GetGroupCommand,
  type Group,
  paginateGetGroup,
  paginateListGroups,
  paginateListUsers,
  UpdateGroupCommand,
} from "@aws-sdk/client-iam";
import { iam } from "./iam.ts";
import type { Through } from "./unchanged.ts";

/** Characters of a group's name. */
export const LONGEST_NAME = 128;

export interface GroupRow {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  readonly createdAt: number;
}

const rowOf = (group: Partial<Group>): GroupRow => ({
  name: group.GroupName ?? "",
  path: group.Path ?? "/",
  arn: group.Arn ?? "",
  id: group.GroupId ?? "",
  createdAt: group.CreateDate?.getTime() ?? 0,
});

const byName = (a: string, b: string): number => a.localeCompare(b);
/** A page as large as there are. */
const pages = { client: iam, pageSize: 1000 };

export async function listGroups(): Promise<readonly GroupRow[]> {
  const rows: GroupRow[] = [];
  for await (const { Groups = [] } of paginateListGroups(pages, {})) rows.push(...Groups.map(rowOf));
  return rows.toSorted((a, b) => byName(a.name, b.name));
}

export interface GroupDetails extends GroupRow {
  /** Names of the users who are in it. */
  readonly members: readonly string[];
}

export async function loadGroup(GroupName: string): Promise<GroupDetails> {
  const members: string[] = [];
  let row = rowOf({ GroupName });
  for await (const { Group, Users = [] } of paginateGetGroup(pages, { GroupName })) {
    if (Group !== undefined) row = rowOf(Group);
    members.push(...Users.map(({ UserName = "" }) => UserName));
  }
  return { ...row, members: members.toSorted(byName) };
}

/** What a group is called and where it is; the id, so that no other is taken for it that has its name by now. */
export type GroupPlace = Pick<GroupRow, "id" | "name" | "path">;

export async function loadGroupPlace(GroupName: string, through: Through): Promise<GroupPlace> {
  const { Group } = await through.send(new GetGroupCommand({ GroupName, MaxItems: 1 }));
  const { id, name, path } = rowOf(Group ?? {});
  return { id, name, path };
}

/** Renames, moves, or both. */
export const moveGroup = (before: GroupPlace, name: string, path: string, through: Through) =>
  through.send(
    new UpdateGroupCommand({
      GroupName: before.name,
      ...(name === before.name ? {} : { NewGroupName: name }),
      ...(path === before.path ? {} : { NewPath: path }),
    }),
  );

export async function listUserNames(): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { Users = [] } of paginateListUsers(pages, {})) {
    names.push(...Users.map(({ UserName = "" }) => UserName));
  }
  return names.toSorted(byName);
}

export const createGroup = (GroupName: string, Path: string) =>
  iam.send(new CreateGroupCommand({ GroupName, Path }));

export const deleteGroup = (GroupName: string) => iam.send(new DeleteGroupCommand({ GroupName }));
