import { useRoleWords } from "../../words/roles.ts";
import { useSession } from "../session.ts";
import { accountIn, principalsOf } from "./trust.ts";

/** More than so many are a number. */
const MOST = 3;

/** Whom a role trusts, shortly: whole accounts by their number, others as the policy spells them. */
export function TrustedBy({ document }: { readonly document: string }) {
  const words = useRoleWords();
  const { context } = useSession();
  const nameOf = (principal: string): string => {
    if (principal === "*") return words.everybody;
    const account = accountIn(principal);
    if (account === undefined) return principal;
    return account === context.Account.AccountId ? words.thisAccount : words.account(account);
  };
  const names = principalsOf(document).map(nameOf);
  if (names.length === 0) return words.nobody;
  const rest = names.length - MOST;
  return [...names.slice(0, MOST), ...(rest > 0 ? [`+${rest}`] : [])].map((name) => (
    <div key={name}>{name}</div>
  ));
}
