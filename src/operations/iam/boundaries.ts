import type { AttachedPermissionsBoundary, PermissionsBoundaryAttachmentType } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { isAwsManaged } from "#identity/arns.ts";
import type { Arn } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { managedPolicy } from "#policy/managed/managed.ts";
import type { Transaction } from "#ports/store.ts";
import {
  type Holder,
  type HolderInput,
  type HolderKind,
  holderContext,
  holderName,
  holderResource,
  holderTarget,
  noSuchHolder,
} from "../holders.ts";
import type { OperationContext, WriteOperation } from "../operation.ts";

/** What `iam:PermissionsBoundary` shows where a call gives a boundary. */
export const givenBoundary = (arn: string | undefined): NonNullable<OperationContext["keys"]> => ({
  "iam:permissionsboundary": arn,
});

/** Gives a user or role that exists the boundary `arn`; else why not. */
export async function giveBoundary(
  store: Transaction,
  { kind, accountId, id }: Pick<Holder, "kind" | "accountId" | "id">,
  arn: string,
): Promise<ServiceError | undefined> {
  // the validator has held it to the form of a policy's ARN
  const policy = arn as Arn;
  const exists = !isAwsManaged(policy) || managedPolicy(policy) !== undefined;
  const holders = kind === "user" ? store.users : store.roles;
  return exists && (await holders.setBoundary(accountId, id, policy)) ? undefined : noSuchBoundary(arn);
}

/** Recorded for roles. */
const noSuchBoundary = (arn: string): ServiceError =>
  serviceError("NoSuchEntity", `Scope ARN: ${arn} does not exist or is not attachable.`);

/** As AWS answers (recorded), which is not the value that its model has. */
const SHOWN_TYPE = "Policy" as PermissionsBoundaryAttachmentType;

export const shownBoundary = (arn: Arn | undefined): AttachedPermissionsBoundary | undefined =>
  arn && { PermissionsBoundaryType: SHOWN_TYPE, PermissionsBoundaryArn: arn };

type PutInput = HolderInput & { readonly PermissionsBoundary?: string | undefined };
type Target = Holder | undefined;

/** `PutUserPermissionsBoundary` and `PutRolePermissionsBoundary`. */
export const putBoundary = (of: HolderKind): WriteOperation<PutInput, object, Target> => ({
  kind: "write",
  service: "iam",
  name: `Put${of.noun}PermissionsBoundary`,
  action: `iam:Put${of.noun}PermissionsBoundary`,
  readOnly: false,
  bumpsRevision: true,
  target: holderTarget(of),
  resources: holderResource(of),
  context: (_call, input, target) => ({
    resourceTags: target?.tags,
    keys: givenBoundary(input.PermissionsBoundary),
  }),
  async run(store, _call, input, target) {
    const holder = target && (await of.lock(store, target));
    if (holder === undefined) return refuse(noSuchHolder(of, holderName(of, input)));
    const problem = await giveBoundary(store, holder, input.PermissionsBoundary ?? "");
    return problem === undefined ? accept({}) : refuse(problem);
  },
});

/** `DeleteUserPermissionsBoundary` and `DeleteRolePermissionsBoundary`: where there is none nothing changes. */
export const deleteBoundary = (of: HolderKind): WriteOperation<HolderInput, object, Target> => ({
  kind: "write",
  service: "iam",
  name: `Delete${of.noun}PermissionsBoundary`,
  action: `iam:Delete${of.noun}PermissionsBoundary`,
  readOnly: false,
  bumpsRevision: true,
  target: holderTarget(of),
  resources: holderResource(of),
  context: (_call, _input, target) => holderContext(target),
  async run(store, _call, input, target) {
    const holder = target && (await of.lock(store, target));
    if (holder === undefined) return refuse(noSuchHolder(of, holderName(of, input)));
    const holders = of.kind === "user" ? store.users : store.roles;
    await holders.setBoundary(holder.accountId, holder.id, undefined);
    return accept({});
  },
});
