import type { ListAccountAliasesCommandInput, ListAccountAliasesCommandOutput } from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";
import { pageOfRows } from "../paging.ts";

type Output = Omit<ListAccountAliasesCommandOutput, "$metadata">;

export const ListAccountAliases: ReadOperation<ListAccountAliasesCommandInput, Output> = {
  kind: "read",
  service: "iam",
  name: "ListAccountAliases",
  action: "iam:ListAccountAliases",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  async run(store, call, input) {
    const account = await store.accounts.load(call.caller.accountId);
    const aliases = account?.alias === undefined ? [] : [account.alias];
    const page = await pageOfRows(call, "ListAccountAliases", [], input, aliases);
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    return accept({ AccountAliases: [...rows], IsTruncated, Marker });
  },
};
