import { facts, say } from "../terminal/output.ts";
import { ACCOUNT_OPTION, requiredAccount } from "./account-option.ts";
import type { CommandRow } from "./command.ts";
import { refuseUnlessAllowed } from "./root-keys-allowed.ts";
import { withOperator } from "./with-operator.ts";

export const accountRootKeyCreate: CommandRow = {
  name: "account root-key create",
  summary: "give the root user an access key",
  detail:
    "No policy limits what a root key may do, and it proves no second factor. Refused unless `allow-root-keys` is set.",
  options: [ACCOUNT_OPTION],
  settings: "root-key",
  answers: true,
  examples: [
    {
      line: "countersign account root-key create --account 123456789012 --allow-root-keys",
      says: "the secret is shown this once",
    },
  ],
  async run(invocation) {
    refuseUnlessAllowed(invocation);
    const account = requiredAccount(invocation);
    const how = { create: false, clockMustBeRight: true };
    const key = await withOperator(invocation, how, async (operator) => {
      const [{ CreateRootAccessKey }, { acceptedOr }] = await Promise.all([
        import("#operations/countersign/CreateRootAccessKey.ts"),
        import("../place/operator.ts"),
      ]);
      return acceptedOr(await operator.attempt(account, CreateRootAccessKey, {}));
    });
    say(invocation, facts(key, { "access key": key.AccessKeyId, "secret key": key.SecretAccessKey }));
    return 0;
  },
};
