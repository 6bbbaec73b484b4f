import {
  CreateRoleCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  paginateListRoles,
  type Role,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { deleteInline, detach, type Holder, listAttached, listInline, type Tag } from "./holders.ts";
import { iam } from "./iam.ts";
import { server } from "./server.ts";
import type { Through } from "./unchanged.ts";

export interface RoleRow {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  readonly description: string;
  readonly createdAt: number;
  /** In seconds. */
  readonly maxSession: number;
  /** The trust policy, as it is shown: somebody who was deleted is his id. */
  readonly trust: string;
}

export interface RoleDetails extends RoleRow {
  readonly tags: readonly Tag[];
  readonly boundary: string | undefined;
  /** When a session of it last called. */
  readonly lastUsed: number | undefined;
}

const HOUR = 3600;

const rowOf = (role: Partial<Role>): RoleRow => ({
  name: role.RoleName ?? "",
  path: role.Path ?? "/",
  arn: role.Arn ?? "",
  id: role.RoleId ?? "",
  description: role.Description ?? "",
  createdAt: role.CreateDate?.getTime() ?? 0,
  maxSession: role.MaxSessionDuration ?? HOUR,
  // documents travel percent-encoded (contract 1.6)
  trust: decodeURIComponent(role.AssumeRolePolicyDocument ?? ""),
});

export async function listRoles(): Promise<readonly RoleRow[]> {
  const rows: RoleRow[] = [];
  for await (const { Roles = [] } of paginateListRoles({ client: iam, pageSize: 1000 }, {})) {
    rows.push(...Roles.map(rowOf));
  }
  return rows.toSorted((a, b) => a.name.localeCompare(b.name));
}

export async function loadRole(RoleName: string, through: Through = iam): Promise<RoleDetails> {
  const { Role } = await through.send(new GetRoleCommand({ RoleName }));
  return {
    ...rowOf(Role ?? {}),
    tags: (Role?.Tags ?? []).map(({ Key = "", Value = "" }) => ({ key: Key, value: Value })),
    boundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
    lastUsed: Role?.RoleLastUsed?.LastUsedDate?.getTime(),
  };
}

/** What a form changes of a role beside its trust policy; the id, so that no other is taken for it that has its name by now. */
export type RoleSettings = Pick<RoleRow, "id" | "description" | "maxSession">;

export const settingsOf = ({ id, description, maxSession }: RoleRow): RoleSettings => ({
  id,
  description,
  maxSession,
});

export const saveSettings = (
  RoleName: string,
  { description, maxSession }: Omit<RoleSettings, "id">,
  through: Through,
) =>
  through.send(new UpdateRoleCommand({ RoleName, Description: description, MaxSessionDuration: maxSession }));

/** A role's trust policy; the id as above. */
export interface Trust {
  readonly id: string;
  readonly document: string;
}

export const trustIn = ({ id, trust }: RoleRow): Trust => ({ id, document: trust });

export const saveTrust = (RoleName: string, document: string, through: Through) =>
  through.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: document }));

export const createRole = (RoleName: string, description: string, trust: string) =>
  iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: trust,
      ...(description === "" ? {} : { Description: description }),
    }),
  );

/** With its inline policies, and from the managed ones detached, as AWS's console does: a role that has some stays. */
export async function deleteRole(name: string): Promise<void> {
  const role: Holder = { kind: "role", name };
  const [attached, inline] = await Promise.all([listAttached(role), listInline(role)]);
  for (const { arn } of attached) await detach(role, arn);
  for (const policy of inline) await deleteInline(role, policy);
  await iam.send(new DeleteRoleCommand({ RoleName: name }));
}

/** Ends every session that there is of it: new ones can be had by whom its trust policy names. */
export const revokeRoleSessions = (RoleName: string) => server.countersign.RevokeSessions({ RoleName });
