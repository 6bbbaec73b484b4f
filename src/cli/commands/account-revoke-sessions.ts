import { facts, say } from "../terminal/output.ts";
import { Refusal } from "../terminal/refusal.ts";
import { ACCOUNT_OPTION, requiredAccount } from "./account-option.ts";
import type { CommandRow } from "./command.ts";
import { withOperator } from "./with-operator.ts";

export const accountRevokeSessions: CommandRow = {
  name: "account revoke-sessions",
  summary: "end the sessions of a user, of a role, or of the whole account",
  detail:
    "Session tokens issued until now stop working within a second, and with a user's those of the roles that he assumed. " +
    "Access keys go on: deactivate them too where they may be in wrong hands, or they make new sessions.",
  options: [
    ACCOUNT_OPTION,
    { name: "user", placeholder: "NAME", doc: "end this user's sessions alone" },
    { name: "role", placeholder: "NAME", doc: "end this role's sessions alone" },
  ],
  settings: "operator",
  answers: true,
  examples: [
    {
      line: "countersign account revoke-sessions --account 123456789012 --user alice",
      says: "alice signs in again",
    },
    {
      line: "countersign account revoke-sessions --account 123456789012",
      says: "everybody does, root too",
    },
  ],
  async run(invocation) {
    const account = requiredAccount(invocation);
    const input = { UserName: invocation.option("user"), RoleName: invocation.option("role") };
    if (input.UserName !== undefined && input.RoleName !== undefined) {
      throw new Refusal("`--user` and `--role` exclude each other", { status: 2 });
    }
    const how = { create: false, clockMustBeRight: false };
    const { UserName, RoleName } = await withOperator(invocation, how, async (operator) => {
      const [{ RevokeSessions }, { acceptedOr }] = await Promise.all([
        import("#operations/countersign/RevokeSessions.ts"),
        import("../place/operator.ts"),
      ]);
      return acceptedOr(await operator.attempt(account, RevokeSessions, input));
    });
    const whose = UserName ?? RoleName ?? "everybody, root too";
    say(invocation, facts({ Account: account, UserName, RoleName }, { "ended the sessions of": whose }));
    return 0;
  },
};
