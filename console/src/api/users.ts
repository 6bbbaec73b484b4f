import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateLoginProfileCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  ListGroupsCommand,
  ListGroupsForUserCommand,
  RemoveUserFromGroupCommand,
  TagUserCommand,
  UntagUserCommand,
  UpdateLoginProfileCommand,
} from "@aws-sdk/client-iam";
import { failureOf } from "./failure.ts";
import { iam } from "./iam.ts";
import { server } from "./server.ts";

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface UserDetails {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly path: string;
  readonly createdAt: number;
  readonly passwordLastUsed: number | undefined;
  readonly tags: readonly Tag[];
  /** The ARN of the policy that bounds what he may do. */
  readonly boundary: string | undefined;
}

export async function loadUser(name: string): Promise<UserDetails> {
  const { User } = await iam.send(new GetUserCommand({ UserName: name }));
  return {
    name: User?.UserName ?? "",
    arn: User?.Arn ?? "",
    id: User?.UserId ?? "",
    path: User?.Path ?? "/",
    createdAt: User?.CreateDate?.getTime() ?? 0,
    passwordLastUsed: User?.PasswordLastUsed?.getTime(),
    tags: (User?.Tags ?? []).map(({ Key = "", Value = "" }) => ({ key: Key, value: Value })),
    boundary: User?.PermissionsBoundary?.PermissionsBoundaryArn,
  };
}

export const deleteUser = (UserName: string) => iam.send(new DeleteUserCommand({ UserName }));

export interface ConsoleAccess {
  readonly enabled: boolean;
  readonly mustChange: boolean;
}

export async function loadConsoleAccess(UserName: string): Promise<ConsoleAccess> {
  try {
    const { LoginProfile } = await iam.send(new GetLoginProfileCommand({ UserName }));
    return { enabled: true, mustChange: LoginProfile?.PasswordResetRequired ?? false };
  } catch (error) {
    if (!failureOf(error).code.startsWith("NoSuchEntity")) throw error;
    return { enabled: false, mustChange: false };
  }
}

const MAY_CHANGE_PASSWORD = "arn:aws:iam::aws:policy/IAMUserChangePassword";

/**
 * Lets him sign in with a password, or gives him another one. Sessions of the password before are over. Who must change it is
 * allowed to, by the policy that AWS's console attaches too.
 */
export async function givePassword(
  UserName: string,
  Password: string,
  PasswordResetRequired: boolean,
  { enabled }: ConsoleAccess,
): Promise<void> {
  if (PasswordResetRequired)
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: MAY_CHANGE_PASSWORD }));
  const profile = { UserName, Password, PasswordResetRequired };
  await (enabled
    ? iam.send(new UpdateLoginProfileCommand(profile))
    : iam.send(new CreateLoginProfileCommand(profile)));
}

export const disableConsoleAccess = (UserName: string) =>
  iam.send(new DeleteLoginProfileCommand({ UserName }));

/** Ends his console sessions, temporary credentials, and the sessions of roles that he assumed. */
export const revokeSessions = (UserName: string) => server.countersign.RevokeSessions({ UserName });

export async function listGroupsOf(UserName: string): Promise<readonly string[]> {
  const { Groups = [] } = await iam.send(new ListGroupsForUserCommand({ UserName, MaxItems: 1000 }));
  return Groups.map(({ GroupName = "" }) => GroupName);
}

export async function listGroupNames(): Promise<readonly string[]> {
  const { Groups = [] } = await iam.send(new ListGroupsCommand({ MaxItems: 1000 }));
  return Groups.map(({ GroupName = "" }) => GroupName);
}

export const addToGroup = (UserName: string, GroupName: string) =>
  iam.send(new AddUserToGroupCommand({ UserName, GroupName }));
export const removeFromGroup = (UserName: string, GroupName: string) =>
  iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName }));

/** What changed between the two: keys that went are untagged, the rest is tagged. */
export async function saveTags(
  UserName: string,
  before: readonly Tag[],
  after: readonly Tag[],
): Promise<void> {
  const gone = before.filter(({ key }) => !after.some((tag) => tag.key === key)).map(({ key }) => key);
  const changed = after.filter(
    ({ key, value }) => !before.some((tag) => tag.key === key && tag.value === value),
  );
  if (gone.length > 0) await iam.send(new UntagUserCommand({ UserName, TagKeys: gone }));
  if (changed.length === 0) return;
  const Tags = changed.map(({ key, value }) => ({ Key: key, Value: value }));
  await iam.send(new TagUserCommand({ UserName, Tags }));
}
