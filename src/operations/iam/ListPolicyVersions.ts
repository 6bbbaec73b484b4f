import type { ListPolicyVersionsCommandInput, ListPolicyVersionsCommandOutput } from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import type { Page } from "#ports/page.ts";
import type { PolicyVersionRow } from "#ports/policies.ts";
import type { Reader } from "#ports/store.ts";
import type { ReadOperation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import {
  isCustomers,
  knownPolicy,
  type Policy,
  policyContext,
  policyResource,
  policyTarget,
} from "../policies.ts";
import { listedVersion } from "./policy-shape.ts";

type Input = ListPolicyVersionsCommandInput;
type Output = Omit<ListPolicyVersionsCommandOutput, "$metadata">;
type Version = Pick<PolicyVersionRow, "version" | "createdAt">;

/** Newest first (recorded). */
export const ListPolicyVersions: ReadOperation<Input, Output, Policy | undefined> = {
  kind: "read",
  service: "iam",
  name: "ListPolicyVersions",
  action: "iam:ListPolicyVersions",
  readOnly: true,
  target: policyTarget,
  resources: policyResource,
  context: policyContext,
  async run(store, call, input, target) {
    const policy = knownPolicy(call, input, target);
    if (!policy.ok) return policy;
    const page = await pageOf(
      call,
      "ListPolicyVersions",
      [policy.value.arn],
      input,
      (wanted) => versionsOf(store, policy.value, wanted),
      ({ version }) => String(version),
    );
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    return accept({ Versions: rows.map((row) => listedVersion(policy.value, row)), IsTruncated, Marker });
  },
};

async function versionsOf(store: Reader, policy: Policy, page: Page): Promise<readonly Version[]> {
  if (isCustomers(policy)) return store.policies.versions(policy.accountId, policy.policyId, page);
  const { defaultVersion, updatedAt } = policy;
  return page.after === undefined ? [{ version: defaultVersion, createdAt: updatedAt }] : [];
}
