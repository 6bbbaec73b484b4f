import type { CreateRoleCommandInput, CreateRoleCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { roleArn } from "#identity/arns.ts";
import { issuePrincipalId } from "#identity/ids.ts";
import type { Tag } from "#identity/tags.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { RoleRow, TrustBindings } from "#ports/roles.ts";
import type { Transaction } from "#ports/store.ts";
import type { Call } from "../call.ts";
import { eventDate } from "../event-date.ts";
import { noTarget, type WriteOperation } from "../operation.ts";
import { checkTags, taggingContext } from "../tags.ts";
import { giveBoundary, givenBoundary } from "./boundaries.ts";
import { createdRole } from "./role-shape.ts";
import { checkTrust } from "./trust-policies.ts";

type Output = Omit<CreateRoleCommandOutput, "$metadata">;

const DEFAULT_SESSION_SECONDS = 3600;

export const CreateRole: WriteOperation<CreateRoleCommandInput, Output> = {
  kind: "write",
  service: "iam",
  name: "CreateRole",
  action: "iam:CreateRole",
  readOnly: false,
  bumpsRevision: true,
  target: noTarget,
  resources: ({ caller }, { Path = "/", RoleName = "" }) => [roleArn(caller.accountId, Path, RoleName)],
  context: (call, input) => ({
    ...taggingContext(call, input),
    keys: givenBoundary(input.PermissionsBoundary),
  }),
  async run(store, call, input) {
    const bindings = await checkTrust(store, call, input.AssumeRolePolicyDocument ?? "");
    if (!bindings.ok) return bindings;
    const tags = checkTags([], input.Tags);
    if (!tags.ok) return tags;
    const role = newRole(call, input, tags.value, bindings.value);
    const problem = await createRole(store, call, role, input.PermissionsBoundary);
    if (problem !== undefined) return refuse(problem);
    const made = await store.roles.byId(role.accountId, role.roleId);
    return accept({ Role: createdRole(made ?? role) });
  },
  audit: { response: ({ Role }) => ({ role: Role === undefined ? null : auditedRole(Role) }) },
};

function newRole(
  call: Call,
  input: CreateRoleCommandInput,
  tags: readonly Tag[],
  trustBindings: TrustBindings,
): RoleRow {
  return {
    accountId: call.caller.accountId,
    roleId: issuePrincipalId("role", call.deps.random),
    roleName: input.RoleName ?? "",
    path: input.Path ?? "/",
    createdAt: call.now,
    description: input.Description,
    maxSessionSeconds: input.MaxSessionDuration ?? DEFAULT_SESSION_SECONDS,
    trustDocument: input.AssumeRolePolicyDocument ?? "",
    trustBindings,
    boundaryArn: undefined,
    tags,
    policyCount: 0,
    inlineCount: 0,
    inlineSize: 0,
    sessionsNotBefore: call.now,
    lastUsed: undefined,
  };
}

async function createRole(
  store: Transaction,
  call: Call,
  role: RoleRow,
  boundary: string | undefined,
): Promise<ServiceError | undefined> {
  if (!(await store.roles.create(role))) {
    return serviceError("EntityAlreadyExists", `Role with name ${role.roleName} already exists.`);
  }
  if (boundary !== undefined) {
    const holder = { kind: "role", accountId: role.accountId, id: role.roleId } as const;
    const problem = await giveBoundary(store, holder, boundary);
    if (problem !== undefined) return problem;
  }
  const quota = call.deps.quotas.roles;
  if (await store.accounts.count(role.accountId, "roleCount", 1, quota)) return undefined;
  return serviceError("LimitExceeded", `Cannot exceed quota for RolesPerAccount: ${quota}`);
}

/** As CloudTrail has it: the document percent-encoded. */
function auditedRole(role: NonNullable<Output["Role"]>): object {
  return {
    arn: role.Arn,
    assumeRolePolicyDocument: role.AssumeRolePolicyDocument,
    createDate: role.CreateDate === undefined ? null : eventDate(role.CreateDate),
    path: role.Path,
    roleId: role.RoleId,
    roleName: role.RoleName,
  };
}
