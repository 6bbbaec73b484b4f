import { loadedOnce } from "#base/loaded.ts";
import type { AccountRow } from "#ports/accounts.ts";
import type { UserRow } from "#ports/users.ts";
import { passwordWordProblem, readCommonPasswords } from "#signin/password-words.ts";
import type { Deps } from "./call.ts";
import { isRootUser } from "./users.ts";

/** The packaged list: read when somebody first sets a password, so that a start does not wait for it. */
const commonPasswords = loadedOnce(() =>
  import("#signin/common-passwords.ts").then(({ COMMON_PASSWORDS }) => readCommonPasswords(COMMON_PASSWORDS)),
);

/** The account that a password is for, whether it is made already or not. */
type Named = Pick<AccountRow, "accountId" | "alias" | "rootEmail">;

/**
 * Why a password that is set at the console should not be had by this user, or undefined: it is among the commonest, or made of
 * words that anyone would try first. IAM's own API does not ask it, as AWS's does not.
 */
export async function wordProblem(
  deps: Deps,
  password: string,
  account: Named,
  user: Pick<UserRow, "accountId" | "userId" | "userName"> | "root",
): Promise<string | undefined> {
  const own = user === "root" || isRootUser(user) ? emailWords(account.rootEmail) : [user.userName];
  const words = [account.accountId, account.alias, PRODUCT, deps.issuer, ...own];
  return passwordWordProblem(
    password,
    await commonPasswords(),
    words.filter((word) => word !== undefined),
  );
}

const PRODUCT = "countersign";

/** The address, its mailbox and its domain. */
const emailWords = (email: string): readonly string[] => [email, ...email.split("@")];
