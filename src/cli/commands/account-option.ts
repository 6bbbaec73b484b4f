import { type AccountId, parseAccountId } from "#identity/ids.ts";
import { Refusal } from "../terminal/refusal.ts";
import type { Invocation, OptionRow } from "./command.ts";

export const ACCOUNT_OPTION: OptionRow = {
  name: "account",
  placeholder: "ID",
  doc: "the account's 12-digit id",
  required: true,
};

/** The account id given as `--NAME`, or undefined where it was not given. */
export function accountIn({ option }: Invocation, name: string): AccountId | undefined {
  const text = option(name);
  if (text === undefined) return undefined;
  const account = parseAccountId(text);
  if (account !== undefined) return account;
  throw new Refusal(`\`--${name}\` takes an account id of 12 digits, not \`${text}\``, { status: 2 });
}

/** As `accountIn`, for an option that commander has made sure of. */
export function requiredAccount(invocation: Invocation): AccountId {
  const account = accountIn(invocation, ACCOUNT_OPTION.name);
  if (account === undefined) throw new Refusal("`--account` is missing", { status: 2 });
  return account;
}
