import type { ListPolicyTagsCommandInput, ListPolicyTagsCommandOutput } from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import type { Tag } from "#identity/tags.ts";
import type { ReadOperation } from "../operation.ts";
import { pageOfRows } from "../paging.ts";
import {
  knownPolicy,
  type Policy,
  policyContext,
  policyResource,
  policyTarget,
  tagsOf,
} from "../policies.ts";

type Output = Omit<ListPolicyTagsCommandOutput, "$metadata">;

/** In order of their keys, capitals first, whatever the order they were given in (recorded). */
export const ListPolicyTags: ReadOperation<ListPolicyTagsCommandInput, Output, Policy | undefined> = {
  kind: "read",
  service: "iam",
  name: "ListPolicyTags",
  action: "iam:ListPolicyTags",
  readOnly: true,
  target: policyTarget,
  resources: policyResource,
  context: policyContext,
  async run(_store, call, input, target) {
    const policy = knownPolicy(call, input, target);
    if (!policy.ok) return policy;
    const tags = [...tagsOf(policy.value)].sort(byKey);
    const page = await pageOfRows(call, "ListPolicyTags", [policy.value.arn], input, tags);
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    return accept({ Tags: [...rows], IsTruncated, Marker });
  },
};

const byKey = (a: Tag, b: Tag): number => (a.Key < b.Key ? -1 : 1);
