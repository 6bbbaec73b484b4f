import type { ListPoliciesCommandInput, ListPoliciesCommandOutput } from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import { nameKey } from "#identity/arns.ts";
import { MANAGED_POLICIES } from "#policy/managed/managed.ts";
import type { PolicyFilter, PolicyUses } from "#ports/policies.ts";
import type { Reader } from "#ports/store.ts";
import type { Call } from "../call.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { inTurn, type Part } from "../parts.ts";
import { isCustomers, type Policy } from "../policies.ts";
import { listedPolicy } from "./policy-shape.ts";

type Input = ListPoliciesCommandInput;
type Output = Omit<ListPoliciesCommandOutput, "$metadata">;

interface Row {
  readonly policy: Policy;
  readonly uses: PolicyUses | undefined;
}

/** The account's own policies by name, then AWS's by age. */
export const ListPolicies: ReadOperation<Input, Output> = {
  kind: "read",
  service: "iam",
  name: "ListPolicies",
  action: "iam:ListPolicies",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  async run(store, call, input) {
    const filter = filterOf(input);
    const { Scope = "All" } = input;
    const parts = [
      ...(Scope === "AWS" ? [] : [customers(store, call, filter)]),
      ...(Scope === "Local" ? [] : [awsManaged(store, call, filter)]),
    ];
    const { pathPrefix, attached, boundary } = filter;
    const filters = [Scope, pathPrefix, String(attached), String(boundary)];
    const page = await pageOf(call, "ListPolicies", filters, input, inTurn(parts), ({ key }) => key);
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    return accept({
      Policies: rows.map(({ row }) => listedPolicy(row.policy, row.uses)),
      IsTruncated,
      Marker,
    });
  },
};

/**
 * Policies that serve as boundaries where those are asked for, else those that are attached. That a boundary need not be
 * attached too is inferred: the two are different uses of a policy.
 */
function filterOf({ OnlyAttached = false, PolicyUsageFilter, PathPrefix = "/" }: Input): PolicyFilter {
  const boundary = PolicyUsageFilter === "PermissionsBoundary";
  const attached = !boundary && (OnlyAttached || PolicyUsageFilter === "PermissionsPolicy");
  return { pathPrefix: PathPrefix, attached, boundary };
}

const customers = (store: Reader, { caller }: Call, filter: PolicyFilter): Part<Row> => ({
  load: async (page) => {
    const rows = await store.policies.list(caller.accountId, filter, page);
    return rows.map((policy) => ({ policy, uses: undefined }));
  },
  keyOf: ({ policy }) => nameKey(policy.policyName),
});

const awsManaged = (store: Reader, { caller }: Call, filter: PolicyFilter): Part<Row> => ({
  load: async ({ after, limit }) => {
    const arns = MANAGED_POLICIES.map(({ arn }) => arn);
    const uses = await store.attachments.uses(caller.accountId, arns);
    return MANAGED_POLICIES.slice(after === undefined ? 0 : Number(after) + 1)
      .map((policy) => ({ policy, uses: uses.get(policy.arn) }))
      .filter((row) => isWanted(row, filter))
      .slice(0, limit);
  },
  keyOf: ({ policy }) => String(isCustomers(policy) ? -1 : MANAGED_POLICIES.indexOf(policy)),
});

function isWanted({ policy, uses }: Row, { pathPrefix, attached, boundary }: PolicyFilter): boolean {
  if (!policy.path.startsWith(pathPrefix)) return false;
  if (attached === true && (uses?.attachments ?? 0) === 0) return false;
  return boundary !== true || (uses?.boundaries ?? 0) > 0;
}
