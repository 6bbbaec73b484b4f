import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListEntitiesForPolicyCommand,
  ListPolicyVersionsCommand,
  type Policy,
  paginateListPolicies,
  SetDefaultPolicyVersionCommand,
} from "@aws-sdk/client-iam";
import { iam } from "./iam.ts";
import type { Through } from "./unchanged.ts";

export interface PolicyRow {
  readonly arn: string;
  readonly name: string;
  /** AWS's own, which nobody changes here. */
  readonly managedByAws: boolean;
  readonly description: string;
  /** Users, groups and roles that it is attached to. */
  readonly attached: number;
  /** For how many it is the boundary. */
  readonly boundaryOf: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly defaultVersion: string;
}

const isAws = (arn: string): boolean => arn.startsWith("arn:aws:iam::aws:");

const rowOf = (policy: Policy): PolicyRow => ({
  arn: policy.Arn ?? "",
  name: policy.PolicyName ?? "",
  managedByAws: isAws(policy.Arn ?? ""),
  description: policy.Description ?? "",
  attached: policy.AttachmentCount ?? 0,
  boundaryOf: policy.PermissionsBoundaryUsageCount ?? 0,
  createdAt: policy.CreateDate?.getTime() ?? 0,
  updatedAt: policy.UpdateDate?.getTime() ?? 0,
  defaultVersion: policy.DefaultVersionId ?? "",
});

/** The account's own first, each kind by name. */
export async function listPolicies(): Promise<readonly PolicyRow[]> {
  const rows: PolicyRow[] = [];
  for await (const { Policies = [] } of paginateListPolicies({ client: iam, pageSize: 1000 }, {})) {
    rows.push(...Policies.map(rowOf));
  }
  return rows.toSorted(
    (a, b) => Number(a.managedByAws) - Number(b.managedByAws) || a.name.localeCompare(b.name),
  );
}

/** A policy by its name, which says nothing of the path: undefined where there is none. */
export const findPolicy = async (name: string, managedByAws: boolean): Promise<PolicyRow | undefined> =>
  (await listPolicies()).find((row) => row.managedByAws === managedByAws && row.name === name);

/** The version in force, and its document as it was written. */
export interface InForce {
  readonly version: string;
  readonly document: string;
}

export async function loadInForce(arn: string, through: Through): Promise<InForce> {
  const { Policy } = await through.send(new GetPolicyCommand({ PolicyArn: arn }));
  const version = Policy?.DefaultVersionId ?? "";
  return { version, document: await loadVersion(arn, version, through) };
}

export async function loadVersion(arn: string, version: string, through: Through = iam): Promise<string> {
  const { PolicyVersion } = await through.send(
    new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: version }),
  );
  // documents travel percent-encoded (contract 1.6)
  return decodeURIComponent(PolicyVersion?.Document ?? "");
}

export async function createPolicy(name: string, description: string, document: string): Promise<string> {
  const { Policy } = await iam.send(
    new CreatePolicyCommand({
      PolicyName: name,
      PolicyDocument: document,
      ...(description === "" ? {} : { Description: description }),
    }),
  );
  return Policy?.Arn ?? "";
}

export const saveDocument = (arn: string, document: string, through: Through) =>
  through.send(
    new CreatePolicyVersionCommand({ PolicyArn: arn, PolicyDocument: document, SetAsDefault: true }),
  );

/** With its versions, which have to go first; one that is attached stays whole but for those that are not in force. */
export async function deletePolicy(arn: string): Promise<void> {
  const others = (await listVersions(arn)).filter(({ isDefault }) => !isDefault);
  for (const { id } of others) await deleteVersion(arn, id);
  await iam.send(new DeletePolicyCommand({ PolicyArn: arn }));
}

export interface VersionRow {
  readonly id: string;
  readonly isDefault: boolean;
  readonly createdAt: number;
}

/** The newest first. */
export async function listVersions(arn: string): Promise<readonly VersionRow[]> {
  const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn: arn }));
  return Versions.map(({ VersionId = "", IsDefaultVersion = false, CreateDate }) => ({
    id: VersionId,
    isDefault: IsDefaultVersion,
    createdAt: CreateDate?.getTime() ?? 0,
  }));
}

export const setDefaultVersion = (arn: string, version: string) =>
  iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn: arn, VersionId: version }));

export const deleteVersion = (arn: string, version: string) =>
  iam.send(new DeletePolicyVersionCommand({ PolicyArn: arn, VersionId: version }));

export type EntityKind = "user" | "group" | "role";

/** Who has a policy. */
export interface PolicyUse {
  readonly kind: EntityKind;
  readonly name: string;
  readonly as: "policy" | "boundary";
}

export async function listUses(arn: string): Promise<readonly PolicyUse[]> {
  const [policies, boundaries] = await Promise.all([
    usesAs(arn, "PermissionsPolicy"),
    usesAs(arn, "PermissionsBoundary"),
  ]);
  return [...policies, ...boundaries];
}

async function usesAs(
  PolicyArn: string,
  PolicyUsageFilter: "PermissionsPolicy" | "PermissionsBoundary",
): Promise<readonly PolicyUse[]> {
  const as = PolicyUsageFilter === "PermissionsPolicy" ? "policy" : "boundary";
  const found: PolicyUse[] = [];
  let Marker: string | undefined;
  do {
    const page = await iam.send(
      new ListEntitiesForPolicyCommand({ PolicyArn, PolicyUsageFilter, MaxItems: 1000, Marker }),
    );
    for (const { UserName: name = "" } of page.PolicyUsers ?? []) found.push({ kind: "user", name, as });
    for (const { GroupName: name = "" } of page.PolicyGroups ?? []) found.push({ kind: "group", name, as });
    for (const { RoleName: name = "" } of page.PolicyRoles ?? []) found.push({ kind: "role", name, as });
    Marker = page.IsTruncated ? page.Marker : undefined;
  } while (Marker !== undefined);
  return found;
}

export async function detachPolicy(PolicyArn: string, { kind, name }: PolicyUse): Promise<void> {
  if (kind === "user") await iam.send(new DetachUserPolicyCommand({ PolicyArn, UserName: name }));
  if (kind === "group") await iam.send(new DetachGroupPolicyCommand({ PolicyArn, GroupName: name }));
  if (kind === "role") await iam.send(new DetachRolePolicyCommand({ PolicyArn, RoleName: name }));
}
