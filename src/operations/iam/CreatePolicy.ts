import type { CreatePolicyCommandInput, CreatePolicyCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { managedPolicyArn } from "#identity/arns.ts";
import { issuePolicyId } from "#identity/ids.ts";
import type { Tag } from "#identity/tags.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { PolicyRow } from "#ports/policies.ts";
import type { Transaction } from "#ports/store.ts";
import type { Call } from "../call.ts";
import { eventDate } from "../event-date.ts";
import { noTarget, type WriteOperation } from "../operation.ts";
import { documentFault } from "../policies.ts";
import { checkTags, taggingContext } from "../tags.ts";
import { listedPolicy } from "./policy-shape.ts";

type Input = CreatePolicyCommandInput;
type Output = Omit<CreatePolicyCommandOutput, "$metadata">;

const arnOf = ({ caller }: Call, { Path = "/", PolicyName = "" }: Input) =>
  managedPolicyArn(caller.accountId, Path, PolicyName);

export const CreatePolicy: WriteOperation<Input, Output> = {
  kind: "write",
  service: "iam",
  name: "CreatePolicy",
  action: "iam:CreatePolicy",
  readOnly: false,
  target: noTarget,
  resources: (call, input) => [arnOf(call, input)],
  context: taggingContext,
  async run(store, call, input) {
    const tags = checkTags([], input.Tags, "exact");
    if (!tags.ok) return tags;
    const { PolicyDocument = "" } = input;
    const fault = documentFault(call, PolicyDocument);
    if (fault !== undefined) return refuse(fault);
    const policy = newPolicy(call, input, tags.value);
    const problem = await createPolicy(store, call, policy, PolicyDocument);
    if (problem !== undefined) return refuse(problem);
    const Tags = policy.tags.length === 0 ? {} : { Tags: [...policy.tags] };
    // the description is shown by GetPolicy alone (recorded)
    return accept({ Policy: { ...listedPolicy(policy), ...Tags } });
  },
  audit: { response: ({ Policy }) => ({ policy: Policy === undefined ? null : createdPolicy(Policy) }) },
};

function newPolicy(call: Call, input: Input, tags: readonly Tag[]): PolicyRow {
  return {
    accountId: call.caller.accountId,
    policyId: issuePolicyId(call.deps.random),
    policyName: input.PolicyName ?? "",
    path: input.Path ?? "/",
    arn: arnOf(call, input),
    description: input.Description,
    defaultVersion: 1,
    versionCount: 1,
    attachmentCount: 0,
    boundaryCount: 0,
    createdAt: call.now,
    updatedAt: call.now,
    tags,
  };
}

async function createPolicy(
  store: Transaction,
  call: Call,
  policy: PolicyRow,
  document: string,
): Promise<ServiceError | undefined> {
  if (!(await store.policies.create(policy, document))) {
    const sentence = `A policy called ${policy.policyName} already exists. Duplicate names are not allowed.`;
    return serviceError("EntityAlreadyExists", sentence);
  }
  const quota = call.deps.quotas.policies;
  if (await store.accounts.count(policy.accountId, "policyCount", 1, quota)) return undefined;
  return serviceError("LimitExceeded", `Cannot exceed quota for PoliciesPerAccount: ${quota}`);
}

/** Contract 5.3. */
function createdPolicy({ CreateDate, UpdateDate, ...policy }: NonNullable<Output["Policy"]>): object {
  const shown = (date: Date | undefined) => (date === undefined ? null : eventDate(date));
  const { PolicyName, PolicyId, Arn, Path, DefaultVersionId, IsAttachable, Tags } = policy;
  return {
    policyName: PolicyName,
    policyId: PolicyId,
    arn: Arn,
    path: Path,
    defaultVersionId: DefaultVersionId,
    attachmentCount: policy.AttachmentCount,
    permissionsBoundaryUsageCount: policy.PermissionsBoundaryUsageCount,
    isAttachable: IsAttachable,
    createDate: shown(CreateDate),
    updateDate: shown(UpdateDate),
    ...(Tags === undefined ? {} : { tags: Tags.map(({ Key, Value }) => ({ key: Key, value: Value })) }),
  };
}
