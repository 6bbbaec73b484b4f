import { accept } from "#base/outcome.ts";
import type { AccountRow } from "#ports/accounts.ts";
import type { Reader } from "#ports/store.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";

export interface ListedAccounts {
  readonly Accounts: readonly AccountRow[];
}

/** Rows read at a time. */
const PAGE = 500;

/** Every account of the deployment, in order of its id. */
export const ListAccounts: ReadOperation<object, ListedAccounts> = {
  kind: "read",
  service: "countersign",
  name: "ListAccounts",
  action: "countersign:ListAccounts",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  run: async (store) => accept({ Accounts: await allAccounts(store) }),
};

/** Outside a transaction: an account made meanwhile may be missing. */
export async function allAccounts(store: Reader): Promise<readonly AccountRow[]> {
  const rows: AccountRow[] = [];
  for (;;) {
    const page: readonly AccountRow[] = await store.accounts.list({
      after: rows.at(-1)?.accountId,
      limit: PAGE,
    });
    rows.push(...page);
    if (page.length < PAGE) return rows;
  }
}
