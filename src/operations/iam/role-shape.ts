import type { Role } from "@aws-sdk/client-iam";
import type { RoleRow } from "#ports/roles.ts";
import type { Reader } from "#ports/store.ts";
import { wireDocument } from "../documents.ts";
import { arnOfRole } from "../roles.ts";
import { type LivePrincipals, livePrincipals, renderTrust } from "../trust.ts";
import { shownBoundary } from "./boundaries.ts";

/** What every answer has of a role (recorded in February 2026, like what each of the others adds). */
const roleFacts = (role: RoleRow, live: LivePrincipals): Role => ({
  Path: role.path,
  RoleName: role.roleName,
  RoleId: role.roleId,
  Arn: arnOfRole(role),
  CreateDate: new Date(role.createdAt),
  AssumeRolePolicyDocument: wireDocument(renderTrust(role, live)),
});

const boundaryAndTags = ({ boundaryArn, tags }: RoleRow): Pick<Role, "PermissionsBoundary" | "Tags"> => ({
  PermissionsBoundary: shownBoundary(boundaryArn),
  Tags: tags.length === 0 ? undefined : [...tags],
});

/** A role as CreateRole shows it. It has just been made, so its trust policy is shown as it was given. */
export const createdRole = (role: RoleRow): Role => ({
  ...roleFacts({ ...role, trustBindings: {} }, new Map()),
  ...boundaryAndTags(role),
});

/** As UpdateRoleDescription shows it. */
export const describedRole = async (store: Reader, role: RoleRow): Promise<Role> => ({
  ...roleFacts(role, await livePrincipals(store, [role])),
  Description: role.description,
});

const listedRole = (role: RoleRow, live: LivePrincipals): Role => ({
  ...roleFacts(role, live),
  Description: role.description,
  MaxSessionDuration: role.maxSessionSeconds,
});

/** As lists show them: without boundary, tags and last use. */
export async function listedRoles(store: Reader, roles: readonly RoleRow[]): Promise<Role[]> {
  const live = await livePrincipals(store, roles);
  return roles.map((role) => listedRole(role, live));
}

/** As GetRole shows it. */
export const shownRole = async (store: Reader, role: RoleRow): Promise<Role> => ({
  ...listedRole(role, await livePrincipals(store, [role])),
  ...boundaryAndTags(role),
  RoleLastUsed: shownLastUse(role),
});

/** Present always, and empty where the role was never used. */
export const shownLastUse = ({ lastUsed }: RoleRow): NonNullable<Role["RoleLastUsed"]> =>
  lastUsed === undefined ? {} : { LastUsedDate: new Date(lastUsed.at), Region: lastUsed.region };
