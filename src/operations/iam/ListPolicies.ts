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
    const filters = [Scope, filter.pathPrefix, filter.use];
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

/** Recorded in September 2026: a boundary counts as attached, and which use is meant is asked only with OnlyAttached. */
function filterOf({ OnlyAttached, PolicyUsageFilter, PathPrefix = "/" }: Input): PolicyFilter {
  if (!OnlyAttached) return { pathPrefix: PathPrefix };
  return {
    pathPrefix: PathPrefix,
    use: PolicyUsageFilter === undefined ? "either" : USES[PolicyUsageFilter],
  };
}

const USES = { PermissionsPolicy: "attached", PermissionsBoundary: "boundary" } as const;

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

function isWanted({ policy, uses = NO_USES }: Row, { pathPrefix, use }: PolicyFilter): boolean {
  if (!policy.path.startsWith(pathPrefix)) return false;
  if (use === undefined) return true;
  const { attachments, boundaries } = uses;
  return (use !== "boundary" && attachments > 0) || (use !== "attached" && boundaries > 0);
}

const NO_USES: PolicyUses = Object.freeze({ attachments: 0, boundaries: 0 });
