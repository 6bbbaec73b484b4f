import { isoSeconds } from "#base/clock.ts";
import type { AccountRow } from "#ports/accounts.ts";
import { type Answer, say } from "../terminal/output.ts";
import type { CommandRow } from "./command.ts";
import { withOperator } from "./with-operator.ts";

export const accountList: CommandRow = {
  name: "account list",
  summary: "list the accounts",
  settings: "operator",
  answers: true,
  examples: [{ line: "countersign account list --output table", says: "as a table" }],
  async run(invocation) {
    const how = { create: false, clockMustBeRight: false };
    const rows = await withOperator(invocation, how, async (operator) => {
      const [{ ListAccounts }, { DEPLOYMENT }, { acceptedOr }] = await Promise.all([
        import("#operations/countersign/ListAccounts.ts"),
        import("#operations/countersign/account-names.ts"),
        import("../place/operator.ts"),
      ]);
      return acceptedOr(await operator.attempt(DEPLOYMENT, ListAccounts, {})).Accounts;
    });
    say(invocation, answer(rows));
    return 0;
  },
};

function answer(rows: readonly AccountRow[]): Answer {
  const cells = rows.map((row) => [
    row.accountId,
    row.alias ?? "-",
    row.rootEmail,
    String(row.userCount),
    isoSeconds(row.createdAt),
  ]);
  return {
    json: { Accounts: rows.map(listed) },
    text: cells.map((line) => line.join(" ")),
    table: { head: ["account", "alias", "root", "users", "made"], rows: cells },
  };
}

const listed = ({ accountId, alias, rootEmail, userCount, createdAt }: AccountRow): object => ({
  AccountId: accountId,
  ...(alias === undefined ? {} : { Alias: alias }),
  RootEmail: rootEmail,
  Users: userCount,
  CreateDate: isoSeconds(createdAt),
});
