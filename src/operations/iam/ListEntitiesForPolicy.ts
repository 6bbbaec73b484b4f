import type {
  ListEntitiesForPolicyCommandInput,
  ListEntitiesForPolicyCommandOutput,
} from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import { nameKey } from "#identity/arns.ts";
import type { Arn } from "#identity/ids.ts";
import type { EntityKind, PolicyEntity } from "#ports/policies.ts";
import type { Reader } from "#ports/store.ts";
import type { Call } from "../call.ts";
import type { ReadOperation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { inTurn, type Part } from "../parts.ts";
import { knownPolicy, type Policy, policyContext, policyResource, policyTarget } from "../policies.ts";

type Input = ListEntitiesForPolicyCommandInput;
type Output = Omit<ListEntitiesForPolicyCommandOutput, "$metadata">;

interface Row {
  readonly kind: EntityKind;
  readonly entity: PolicyEntity;
}

/** In the order of the answer's lists. The filter's other values, of policies, are nobody. */
const KINDS = [
  ["group", "Group"],
  ["user", "User"],
  ["role", "Role"],
] as const satisfies readonly (readonly [EntityKind, Input["EntityFilter"]])[];

/** Groups, users and roles of the account that use a policy, as one list in that order. */
export const ListEntitiesForPolicy: ReadOperation<Input, Output, Policy | undefined> = {
  kind: "read",
  service: "iam",
  name: "ListEntitiesForPolicy",
  action: "iam:ListEntitiesForPolicy",
  readOnly: true,
  target: policyTarget,
  resources: policyResource,
  context: policyContext,
  async run(store, call, input, target) {
    const policy = knownPolicy(call, input, target);
    if (!policy.ok) return policy;
    const { arn } = policy.value;
    const { EntityFilter, PolicyUsageFilter, PathPrefix } = input;
    const filters = [arn, EntityFilter, PolicyUsageFilter, PathPrefix];
    const wanted = KINDS.filter(([, name]) => EntityFilter === undefined || EntityFilter === name);
    const parts = wanted.map(([kind]) => entitiesOf(store, call, arn, kind, input));
    const page = await pageOf(call, "ListEntitiesForPolicy", filters, input, inTurn(parts), ({ key }) => key);
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    return accept({ ...listsOf(rows.map(({ row }) => row)), IsTruncated, Marker });
  },
};

const entitiesOf = (
  store: Reader,
  { caller }: Call,
  policy: Arn,
  kind: EntityKind,
  { PolicyUsageFilter, PathPrefix = "/" }: Input,
): Part<Row> => ({
  load: async (page) => {
    const filter = { kind, pathPrefix: PathPrefix, usage: usageOf(PolicyUsageFilter) };
    const entities = await store.attachments.entities(caller.accountId, policy, filter, page);
    return entities.map((entity) => ({ kind, entity }));
  },
  keyOf: ({ entity }) => nameKey(entity.name),
});

function usageOf(filter: Input["PolicyUsageFilter"]): "attached" | "boundary" | undefined {
  if (filter === undefined) return undefined;
  return filter === "PermissionsBoundary" ? "boundary" : "attached";
}

function listsOf(rows: readonly Row[]) {
  const of = (kind: EntityKind) => rows.filter((row) => row.kind === kind).map(({ entity }) => entity);
  return {
    PolicyGroups: of("group").map(({ name, id }) => ({ GroupName: name, GroupId: id })),
    PolicyUsers: of("user").map(({ name, id }) => ({ UserName: name, UserId: id })),
    PolicyRoles: of("role").map(({ name, id }) => ({ RoleName: name, RoleId: id })),
  };
}
