import type {
  EntityType,
  GetAccountAuthorizationDetailsCommandInput,
  GetAccountAuthorizationDetailsCommandOutput,
  GroupDetail,
  ManagedPolicyDetail,
  RoleDetail,
  UserDetail,
} from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { nameKey } from "#identity/arns.ts";
import type { AccountId } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import { MANAGED_POLICIES } from "#policy/managed/managed.ts";
import type { Page } from "#ports/page.ts";
import type { Reader } from "#ports/store.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { inTurn, type Part } from "../parts.ts";
import { groupDetail, policyDetail, roleDetail, userDetail } from "./authorization-details.ts";

type Input = GetAccountAuthorizationDetailsCommandInput;
type Output = Omit<GetAccountAuthorizationDetailsCommandOutput, "$metadata">;

/** One of what is listed, loaded in full only when it is on the page. */
interface Row {
  readonly key: string;
  readonly show: () => Promise<Detail>;
}

type Detail =
  | { readonly user: UserDetail }
  | { readonly group: GroupDetail }
  | { readonly role: RoleDetail }
  | { readonly policy: ManagedPolicyDetail };

/** One page goes over all kinds in this order (contract 1.8). */
export const GetAccountAuthorizationDetails: ReadOperation<Input, Output> = {
  kind: "read",
  service: "iam",
  name: "GetAccountAuthorizationDetails",
  action: "iam:GetAccountAuthorizationDetails",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  async run(store, call, input) {
    const wanted = PARTS.filter(({ type }) => !input.Filter?.length || input.Filter.includes(type));
    const load = inTurn(
      wanted.map(
        ({ list }): Part<Row> => ({
          load: (page) => list(store, call.caller.accountId, page),
          keyOf: ({ key }) => key,
        }),
      ),
    );
    const filters = wanted.map(({ type }) => type);
    const page = await pageOf(call, "GetAccountAuthorizationDetails", filters, input, load, ({ key }) => key);
    // a page is refused for its marker alone
    if (!page.ok) return refuse(serviceError("ValidationError", "Marker and Filter do not match"));
    const { rows, IsTruncated, Marker } = page.value;
    const details: Detail[] = [];
    for (const { row } of rows) details.push(await row.show());
    return accept({ ...inLists(details), IsTruncated, Marker });
  },
};

function inLists(details: readonly Detail[]): Omit<Output, "IsTruncated" | "Marker"> {
  return {
    UserDetailList: details.flatMap((detail) => ("user" in detail ? [detail.user] : [])),
    GroupDetailList: details.flatMap((detail) => ("group" in detail ? [detail.group] : [])),
    RoleDetailList: details.flatMap((detail) => ("role" in detail ? [detail.role] : [])),
    Policies: details.flatMap((detail) => ("policy" in detail ? [detail.policy] : [])),
  };
}

interface DetailPart {
  readonly type: EntityType;
  readonly list: (store: Reader, account: AccountId, page: Page) => Promise<readonly Row[]>;
}

const PARTS: readonly DetailPart[] = [
  {
    type: "User",
    list: async (store, account, page) =>
      (await store.users.list(account, "/", page)).map((user) => ({
        key: nameKey(user.userName),
        show: async () => ({ user: await userDetail(store, user) }),
      })),
  },
  {
    type: "Role",
    list: async (store, account, page) =>
      (await store.roles.list(account, "/", page)).map((role) => ({
        key: nameKey(role.roleName),
        show: async () => ({ role: await roleDetail(store, role) }),
      })),
  },
  {
    type: "Group",
    list: async (store, account, page) =>
      (await store.groups.list(account, "/", page)).map((group) => ({
        key: nameKey(group.groupName),
        show: async () => ({ group: await groupDetail(store, group) }),
      })),
  },
  {
    type: "LocalManagedPolicy",
    list: async (store, account, page) =>
      (await store.policies.list(account, { pathPrefix: "/" }, page)).map((policy) => ({
        key: nameKey(policy.policyName),
        show: async () => ({ policy: await policyDetail(store, policy, undefined) }),
      })),
  },
  { type: "AWSManagedPolicy", list: listAwsManaged },
];

/** Those that somebody in the account uses, by age. */
async function listAwsManaged(store: Reader, account: AccountId, page: Page): Promise<readonly Row[]> {
  const arns = MANAGED_POLICIES.map(({ arn }) => arn);
  const uses = await store.attachments.uses(account, arns);
  return MANAGED_POLICIES.map((policy, at) => ({
    key: String(at),
    at,
    used: uses.has(policy.arn),
    show: async () => ({ policy: await policyDetail(store, policy, uses.get(policy.arn)) }),
  }))
    .filter(({ at, used }) => used && at > Number(page.after ?? -1))
    .slice(0, page.limit);
}
