import type { AccountId } from "#identity/ids.ts";
import type { CreatedAccount } from "#operations/countersign/CreateAccount.ts";
import type { Operator } from "../place/operator.ts";
import { type Answer, facts, say } from "../terminal/output.ts";
import { newPassword } from "../terminal/secret.ts";
import { accountIn } from "./account-option.ts";
import type { CommandRow } from "./command.ts";
import { withOperator } from "./with-operator.ts";

export const accountCreate: CommandRow = {
  name: "account create",
  summary: "make an account with its root user, and an administrator if you name one",
  detail:
    "The administrator is an IAM user with AdministratorAccess and one access key, whose secret is shown this once. " +
    "Works while the server runs and while it does not.",
  options: [
    { name: "email", placeholder: "ADDRESS", doc: "the root user's e-mail address", required: true },
    { name: "password-stdin", doc: "read the root user's password from the first line of standard input" },
    { name: "account-id", placeholder: "12DIGITS", doc: "the account's id (default: a random one)" },
    { name: "alias", placeholder: "ALIAS", doc: "a name for the account" },
    { name: "admin-user", placeholder: "NAME", doc: "make an administrator of this name" },
  ],
  settings: "operator",
  answers: true,
  examples: [
    {
      line: "countersign account create --email root@example.com --admin-user admin",
      says: "asks for the root user's password",
    },
    {
      line: "printf '%s' \"$PASSWORD\" | countersign account create --email root@example.com --password-stdin --admin-user admin --output json",
      says: "in a script",
    },
  ],
  async run(invocation) {
    const wanted = accountIn(invocation, "account-id");
    const input = {
      Email: invocation.option("email") ?? "",
      Password: await newPassword(invocation, "password-stdin", "root user's password"),
      AccountAlias: invocation.option("alias"),
      AdminUserName: invocation.option("admin-user"),
    };
    const how = { create: true, clockMustBeRight: true };
    const created = await withOperator(invocation, how, (operator) => create(operator, wanted, input));
    say(invocation, answer(created));
    return 0;
  },
};

type Input = Parameters<typeof import("#operations/countersign/CreateAccount.ts").CreateAccount.run>[2];

/** Of a million random ids in use, three in a row are taken once in 10^17 tries. */
const ATTEMPTS = 3;

async function create(
  operator: Operator,
  wanted: AccountId | undefined,
  input: Input,
): Promise<CreatedAccount> {
  const [{ CreateAccount }, { issueAccountId }, { randomBytes }, { acceptedOr }] = await Promise.all([
    import("#operations/countersign/CreateAccount.ts"),
    import("#identity/ids.ts"),
    import("#crypto/random.ts"),
    import("../place/operator.ts"),
  ]);
  for (let attempt = 1; ; attempt += 1) {
    const result = await operator.attempt(wanted ?? issueAccountId(randomBytes), CreateAccount, input);
    const idTaken = !result.ok && result.error.cause === "id-taken";
    if (!idTaken || wanted !== undefined || attempt === ATTEMPTS) return acceptedOr(result);
  }
}

function answer(created: CreatedAccount): Answer {
  const { AccountId, RootArn, AdminUser } = created;
  return facts(created, {
    account: AccountId,
    root: RootArn,
    ...(AdminUser === undefined
      ? {}
      : {
          administrator: AdminUser.UserName,
          "access key": AdminUser.AccessKeyId,
          "secret key": AdminUser.SecretAccessKey,
        }),
  });
}
