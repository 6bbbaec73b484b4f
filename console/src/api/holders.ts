import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  DeleteGroupPolicyCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DeleteUserPermissionsBoundaryCommand,
  DeleteUserPolicyCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetGroupPolicyCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupPoliciesCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
  PutGroupPolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  TagRoleCommand,
  TagUserCommand,
  UntagRoleCommand,
  UntagUserCommand,
} from "@aws-sdk/client-iam";
import { iam } from "./iam.ts";
import type { EntityKind } from "./policies.ts";
import type { Through } from "./unchanged.ts";

/** Who holds policies, by his name. */
export interface Holder {
  readonly kind: EntityKind;
  readonly name: string;
}

export interface AttachedPolicy {
  readonly arn: string;
  readonly name: string;
}

interface Attached {
  readonly AttachedPolicies?:
    | readonly { readonly PolicyName?: string | undefined; readonly PolicyArn?: string | undefined }[]
    | undefined;
}

/** Twenty is the most that anybody may have attached, and a page holds more. */
export async function listAttached({ kind, name }: Holder): Promise<readonly AttachedPolicy[]> {
  const { AttachedPolicies = [] } = await ATTACHED[kind](name);
  return AttachedPolicies.map(({ PolicyName = "", PolicyArn = "" }) => ({
    name: PolicyName,
    arn: PolicyArn,
  }));
}

const ATTACHED: Readonly<Record<EntityKind, (name: string) => Promise<Attached>>> = {
  user: (UserName) => iam.send(new ListAttachedUserPoliciesCommand({ UserName })),
  group: (GroupName) => iam.send(new ListAttachedGroupPoliciesCommand({ GroupName })),
  role: (RoleName) => iam.send(new ListAttachedRolePoliciesCommand({ RoleName })),
};

type ByPolicy = Readonly<Record<EntityKind, (name: string, PolicyArn: string) => Promise<unknown>>>;

const ATTACH: ByPolicy = {
  user: (UserName, PolicyArn) => iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn })),
  group: (GroupName, PolicyArn) => iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn })),
  role: (RoleName, PolicyArn) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
};

const DETACH: ByPolicy = {
  user: (UserName, PolicyArn) => iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn })),
  group: (GroupName, PolicyArn) => iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn })),
  role: (RoleName, PolicyArn) => iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })),
};

export const attach = ({ kind, name }: Holder, arn: string) => ATTACH[kind](name, arn);
export const detach = ({ kind, name }: Holder, arn: string) => DETACH[kind](name, arn);

/** Names of his inline policies. */
export async function listInline({ kind, name }: Holder): Promise<readonly string[]> {
  const { PolicyNames = [] } = await INLINE[kind](name);
  return PolicyNames;
}

const INLINE: Readonly<
  Record<EntityKind, (name: string) => Promise<{ readonly PolicyNames?: readonly string[] | undefined }>>
> = {
  user: (UserName) => iam.send(new ListUserPoliciesCommand({ UserName })),
  group: (GroupName) => iam.send(new ListGroupPoliciesCommand({ GroupName })),
  role: (RoleName) => iam.send(new ListRolePoliciesCommand({ RoleName })),
};

/** An inline policy's document, as it was written. */
export async function loadInline(
  { kind, name }: Holder,
  policy: string,
  through: Through = iam,
): Promise<string> {
  const { PolicyDocument = "" } = await GET[kind](through, name, policy);
  // documents travel percent-encoded (contract 1.6)
  return decodeURIComponent(PolicyDocument);
}

const GET: Readonly<
  Record<
    EntityKind,
    (
      through: Through,
      name: string,
      PolicyName: string,
    ) => Promise<{ readonly PolicyDocument?: string | undefined }>
  >
> = {
  user: (through, UserName, PolicyName) => through.send(new GetUserPolicyCommand({ UserName, PolicyName })),
  group: (through, GroupName, PolicyName) =>
    through.send(new GetGroupPolicyCommand({ GroupName, PolicyName })),
  role: (through, RoleName, PolicyName) => through.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
};

export const putInline = (
  { kind, name }: Holder,
  policy: string,
  document: string,
  through: Through = iam,
): Promise<unknown> => PUT[kind](through, name, { PolicyName: policy, PolicyDocument: document });

interface NamedDocument {
  readonly PolicyName: string;
  readonly PolicyDocument: string;
}

const PUT: Readonly<
  Record<EntityKind, (through: Through, name: string, policy: NamedDocument) => Promise<unknown>>
> = {
  user: (through, UserName, policy) => through.send(new PutUserPolicyCommand({ UserName, ...policy })),
  group: (through, GroupName, policy) => through.send(new PutGroupPolicyCommand({ GroupName, ...policy })),
  role: (through, RoleName, policy) => through.send(new PutRolePolicyCommand({ RoleName, ...policy })),
};

const DELETE: Readonly<Record<EntityKind, (name: string, PolicyName: string) => Promise<unknown>>> = {
  user: (UserName, PolicyName) => iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName })),
  group: (GroupName, PolicyName) => iam.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName })),
  role: (RoleName, PolicyName) => iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })),
};

export const deleteInline = ({ kind, name }: Holder, policy: string) => DELETE[kind](name, policy);

/** Undefined takes the boundary away. Groups have none. */
export async function setBoundary({ kind, name }: Holder, arn: string | undefined): Promise<void> {
  if (kind === "user") {
    await (arn === undefined
      ? iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: name }))
      : iam.send(new PutUserPermissionsBoundaryCommand({ UserName: name, PermissionsBoundary: arn })));
  }
  if (kind === "role") {
    await (arn === undefined
      ? iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: name }))
      : iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: name, PermissionsBoundary: arn })));
  }
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** What changed between the two: keys that went are untagged, the rest is tagged. Groups have no tags. */
export async function saveTags(
  { kind, name }: Holder,
  before: readonly Tag[],
  after: readonly Tag[],
): Promise<void> {
  const gone = before.filter(({ key }) => !after.some((tag) => tag.key === key)).map(({ key }) => key);
  const changed = after.filter(
    ({ key, value }) => !before.some((tag) => tag.key === key && tag.value === value),
  );
  if (gone.length > 0) await UNTAG[kind]?.(name, gone);
  if (changed.length > 0)
    await TAG[kind]?.(
      name,
      changed.map(({ key, value }) => ({ Key: key, Value: value })),
    );
}

const UNTAG: Readonly<Partial<Record<EntityKind, (name: string, TagKeys: string[]) => Promise<unknown>>>> = {
  user: (UserName, TagKeys) => iam.send(new UntagUserCommand({ UserName, TagKeys })),
  role: (RoleName, TagKeys) => iam.send(new UntagRoleCommand({ RoleName, TagKeys })),
};

type WireTags = { Key: string; Value: string }[];

const TAG: Readonly<Partial<Record<EntityKind, (name: string, Tags: WireTags) => Promise<unknown>>>> = {
  user: (UserName, Tags) => iam.send(new TagUserCommand({ UserName, Tags })),
  role: (RoleName, Tags) => iam.send(new TagRoleCommand({ RoleName, Tags })),
};
