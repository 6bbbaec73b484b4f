import type { CreatePolicyVersionCommandInput, CreatePolicyVersionCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { eventDate } from "../event-date.ts";
import type { WriteOperation } from "../operation.ts";
import {
  documentFault,
  ownPolicy,
  type Policy,
  policyContext,
  policyNotFound,
  policyResource,
  policyTarget,
} from "../policies.ts";
import { listedVersion } from "./policy-shape.ts";

type Input = CreatePolicyVersionCommandInput;
type Output = Omit<CreatePolicyVersionCommandOutput, "$metadata">;

/** Numbers are never used twice. The document is not in the answer (recorded). */
export const CreatePolicyVersion: WriteOperation<Input, Output, Policy | undefined> = {
  kind: "write",
  service: "iam",
  name: "CreatePolicyVersion",
  action: "iam:CreatePolicyVersion",
  readOnly: false,
  bumpsRevision: true,
  target: policyTarget,
  resources: policyResource,
  context: policyContext,
  async run(store, call, input, target) {
    const policy = ownPolicy(call, input, target, "create versions for policies");
    if (!policy.ok) return policy;
    const { PolicyDocument: document = "", SetAsDefault: asDefault = false } = input;
    const fault = documentFault(call, document);
    if (fault !== undefined) return refuse(fault);
    const { accountId, policyId, arn } = policy.value;
    const locked = await store.policies.lock(accountId, policyId);
    if (locked === undefined) return refuse(policyNotFound(arn));
    const quota = call.deps.quotas.versionsPerPolicy;
    const made = { document, createdAt: call.now, asDefault };
    const version = await store.policies.addVersion(accountId, policyId, made, quota);
    if (version === undefined) return refuse(tooManyVersions(quota));
    const now = asDefault ? { ...locked, defaultVersion: version } : locked;
    return accept({ PolicyVersion: listedVersion(now, { version, createdAt: call.now }) });
  },
  audit: {
    response: ({ PolicyVersion }) => ({
      policyVersion: PolicyVersion === undefined ? null : createdVersion(PolicyVersion),
    }),
  },
};

/** Recorded in 2026. */
const tooManyVersions = (quota: number): ServiceError =>
  serviceError(
    "LimitExceeded",
    `A managed policy can have up to ${quota} versions. Before you create a new version, you must delete an existing version.`,
  );

/** Contract 5.3. */
const createdVersion = (version: NonNullable<Output["PolicyVersion"]>): object => ({
  versionId: version.VersionId,
  isDefaultVersion: version.IsDefaultVersion,
  createDate: version.CreateDate === undefined ? null : eventDate(version.CreateDate),
});
