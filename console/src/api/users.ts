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
  UpdateLoginProfileCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { failureOf } from "./failure.ts";
import type { Tag } from "./holders.ts";
import { iam } from "./iam.ts";
import { server } from "./server.ts";
import type { Through } from "./unchanged.ts";

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

export async function loadUser(name: string, through: Through = iam): Promise<UserDetails> {
  const { User } = await through.send(new GetUserCommand({ UserName: name }));
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

/** What a user is called and where he is; the id, so that nobody else is taken for him who has his name by now. */
export type Place = Pick<UserDetails, "name" | "path" | "id">;

export const placeOf = ({ name, path, id }: UserDetails): Place => ({ name, path, id });

/** Renames, moves, or both. */
export const moveUser = (before: Place, name: string, path: string, through: Through) =>
  through.send(
    new UpdateUserCommand({
      UserName: before.name,
      ...(name === before.name ? {} : { NewUserName: name }),
      ...(path === before.path ? {} : { NewPath: path }),
    }),
  );

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
