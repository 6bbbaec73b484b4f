import type { AttachedPermissionsBoundary, PermissionsBoundaryAttachmentType } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { isAwsManaged } from "#identity/arns.ts";
import type { Arn } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { managedPolicy } from "#policy/managed/managed.ts";
import type { Transaction } from "#ports/store.ts";
import {
  aboutHolder,
  type Holder,
  type HolderInput,
  type HolderKind,
  holderContext,
  lockedHolder,
} from "../holders.ts";
import type { OperationContext, WriteOperation } from "../operation.ts";

/** What `iam:PermissionsBoundary` shows where a call gives a boundary. */
export const givenBoundary = (arn: string | undefined): NonNullable<OperationContext["keys"]> => ({
  "iam:permissionsboundary": arn,
});

type BoundedHolder = Pick<Holder, "kind" | "accountId" | "id">;

/** False where the user or role, or the customer managed policy, is gone. Undefined takes the boundary away. */
const setBoundary = (
  store: Transaction,
  { kind, accountId, id }: BoundedHolder,
  policy: Arn | undefined,
): Promise<boolean> => (kind === "user" ? store.users : store.roles).setBoundary(accountId, id, policy);

/** Gives a user or role that exists the boundary `arn`; else why not. */
export async function giveBoundary(
  store: Transaction,
  holder: BoundedHolder,
  arn: string,
): Promise<ServiceError | undefined> {
  // the validator has held it to the form of a policy's ARN
  const policy = arn as Arn;
  const exists = !isAwsManaged(policy) || managedPolicy(policy) !== undefined;
  return exists && (await setBoundary(store, holder, policy)) ? undefined : noSuchBoundary(arn);
}

/** Recorded for roles. */
const noSuchBoundary = (arn: string): ServiceError =>
  serviceError("NoSuchEntity", `Scope ARN: ${arn} does not exist or is not attachable.`);

const noBoundary = ({ kind, name }: Holder): ServiceError =>
  serviceError("NoSuchEntity", `The permissions boundary of ${kind} ${name} cannot be found.`);

/** As AWS answers (recorded), which is not the value that its model has. */
const SHOWN_TYPE = "Policy" as PermissionsBoundaryAttachmentType;

export const shownBoundary = (arn: Arn | undefined): AttachedPermissionsBoundary | undefined =>
  arn && { PermissionsBoundaryType: SHOWN_TYPE, PermissionsBoundaryArn: arn };

type PutInput = HolderInput & { readonly PermissionsBoundary?: string | undefined };
type Target = Holder | undefined;

/** `PutUserPermissionsBoundary` and `PutRolePermissionsBoundary`. */
export const putBoundary = (of: HolderKind): WriteOperation<PutInput, object, Target> => ({
  ...aboutHolder(of, `Put${of.noun}PermissionsBoundary`),
  kind: "write",
  readOnly: false,
  bumpsRevision: true,
  context: (_call, input, target) => ({
    resourceTags: target?.tags,
    keys: givenBoundary(input.PermissionsBoundary),
  }),
  async run(store, _call, input, target) {
    const holder = await lockedHolder(of, store, input, target);
    if (!holder.ok) return holder;
    const problem = await giveBoundary(store, holder.value, input.PermissionsBoundary ?? "");
    return problem === undefined ? accept({}) : refuse(problem);
  },
});

/** `DeleteUserPermissionsBoundary` and `DeleteRolePermissionsBoundary`. Recorded: the code where there is none, without a sentence. */
export const deleteBoundary = (of: HolderKind): WriteOperation<HolderInput, object, Target> => ({
  ...aboutHolder(of, `Delete${of.noun}PermissionsBoundary`),
  kind: "write",
  readOnly: false,
  bumpsRevision: true,
  context: (_call, _input, target) => holderContext(target),
  async run(store, _call, input, target) {
    const holder = await lockedHolder(of, store, input, target);
    if (!holder.ok) return holder;
    if (holder.value.boundaryArn === undefined) return refuse(noBoundary(holder.value));
    await setBoundary(store, holder.value, undefined);
    return accept({});
  },
});
