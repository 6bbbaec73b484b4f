import type {
  ListAttachedUserPoliciesCommandInput,
  ListAttachedUserPoliciesCommandOutput,
} from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import type { UserRow } from "#ports/store.ts";
import type { ReadOperation } from "../operation.ts";
import { pageOfRows } from "../paging.ts";
import { iamUser, userResource, userTarget } from "../users.ts";
import { nameOfPolicy, pathOfPolicy } from "./managed-policies.ts";

type Input = ListAttachedUserPoliciesCommandInput;
type Output = Omit<ListAttachedUserPoliciesCommandOutput, "$metadata">;

/** More than a user may have attached. */
const ALL = { limit: 1000 };

export const ListAttachedUserPolicies: ReadOperation<Input, Output, UserRow | undefined> = {
  kind: "read",
  service: "iam",
  name: "ListAttachedUserPolicies",
  action: "iam:ListAttachedUserPolicies",
  readOnly: true,
  target: userTarget,
  resources: userResource,
  async run(store, call, input, target) {
    const user = iamUser(call, input, target);
    if (!user.ok) return user;
    const { accountId, userId } = user.value;
    const prefix = input.PathPrefix ?? "/";
    const attached = await store.attachments.listFor(accountId, userId, ALL);
    const wanted = attached.filter((arn) => pathOfPolicy(arn).startsWith(prefix));
    const page = await pageOfRows(call, "ListAttachedUserPolicies", [userId, prefix], input, wanted);
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    const AttachedPolicies = rows.map((arn) => ({ PolicyName: nameOfPolicy(arn), PolicyArn: arn }));
    return accept({ AttachedPolicies, IsTruncated, Marker });
  },
};
