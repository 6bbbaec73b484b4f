import { facts, say } from "../terminal/output.ts";
import { ACCOUNT_OPTION, requiredAccount } from "./account-option.ts";
import type { CommandRow } from "./command.ts";
import { refuseUnlessAllowed } from "./root-keys-allowed.ts";
import { withOperator } from "./with-operator.ts";

export const accountRootKeyDelete: CommandRow = {
  name: "account root-key delete",
  summary: "take an access key from the root user",
  options: [
    ACCOUNT_OPTION,
    { name: "access-key-id", placeholder: "ID", doc: "the key, where there is more than one" },
  ],
  settings: "root-key",
  answers: true,
  examples: [
    {
      line: "countersign account root-key delete --account 123456789012 --allow-root-keys",
      says: "it stops working within a second",
    },
  ],
  async run(invocation) {
    refuseUnlessAllowed(invocation);
    const account = requiredAccount(invocation);
    const input = { AccessKeyId: invocation.option("access-key-id") };
    const how = { create: false, clockMustBeRight: false };
    const deleted = await withOperator(invocation, how, async (operator) => {
      const [{ DeleteRootAccessKey }, { acceptedOr }] = await Promise.all([
        import("#operations/countersign/DeleteRootAccessKey.ts"),
        import("../place/operator.ts"),
      ]);
      return acceptedOr(await operator.attempt(account, DeleteRootAccessKey, input));
    });
    say(invocation, facts(deleted, { deleted: deleted.AccessKeyId }));
    return 0;
  },
};
