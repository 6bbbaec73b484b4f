import type { User } from "@aws-sdk/client-iam";
import type { UserRow } from "#ports/users.ts";
import { arnOfUser, isRootUser } from "../users.ts";
import { shownBoundary } from "./boundaries.ts";

/** A user as lists show him: without boundary and tags (contract 1.1). Root has neither a path nor a name. */
export function listedUser(user: UserRow): User {
  const root = isRootUser(user);
  return {
    Path: root ? undefined : user.path,
    UserName: root ? undefined : user.userName,
    UserId: user.userId,
    Arn: arnOfUser(user),
    CreateDate: new Date(user.createdAt),
    PasswordLastUsed: user.passwordLastUsed === undefined ? undefined : new Date(user.passwordLastUsed),
  };
}

/** A user as he is shown alone: with his boundary and tags, where there are any. */
export function shownUser(user: UserRow): User {
  return {
    ...listedUser(user),
    PermissionsBoundary: shownBoundary(user.boundaryArn),
    Tags: user.tags.length === 0 ? undefined : [...user.tags],
  };
}
