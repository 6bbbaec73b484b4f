import { type Outcome, refuse } from "#base/outcome.ts";
import { operatorArn } from "#identity/arns.ts";
import { type AccountId, issueAccountId, rootPrincipalId } from "#identity/ids.ts";
import { passwordProblem } from "#identity/password-policy.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { SetUpInput } from "#model/signin/types.ts";
import type { Transaction } from "#ports/store.ts";
import { afterPassword } from "#signin/steps.ts";
import { secretHash } from "#signin/token.ts";
import type { Call, OperatorCaller } from "../call.ts";
import { CreateAccount, checkAndHash, type NewAccount } from "../countersign/CreateAccount.ts";
import { eventOf } from "../event.ts";
import { wordProblem } from "../password-words.ts";
import { advance } from "./advance.ts";
import { loadPerson, standingOf } from "./people.ts";
import { clockIsBehind, passwordRefused, setUpLinkInvalid, signInExpired } from "./refusals.ts";
import type { SignInOperation, SignInResult, Visit } from "./visit.ts";

/**
 * Makes the first account and its root user in the transaction that claims the set-up link, and signs root in: what comes next
 * is root's second factor. Whoever has the link has it from the operator's terminal, so the account is the operator's doing.
 */
export const SetUp: SignInOperation<SetUpInput> = async ({ store, changed }, visit, input) => {
  if (visit.clockBehind) return refuse(clockIsBehind());
  const link = secretHash(input.Token);
  if (link === undefined || !(await store.reader.setUpLinks.holds(link, visit.now)))
    return refuse(setUpLinkInvalid("no such link, or an old one"));
  const account: NewAccount = {
    Email: input.Email,
    Password: input.Password,
    ...(input.Alias === undefined ? {} : { AccountAlias: input.Alias }),
  };
  const call = operatorCall(visit, issueAccountId(visit.deps.random));
  const hash = await hashOf(call, account);
  if (!hash.ok) return hash;
  const result = await store.write((tx) =>
    tx.savepoint(
      () => setUp(tx, visit, call, account, { link, hash: hash.value }),
      (outcome) => outcome.ok,
    ),
  );
  if (result.ok) changed(call.caller.accountId);
  return result;
};

const operatorCall = (visit: Visit, accountId: AccountId): Call<OperatorCaller> => ({
  ...visit,
  region: "us-east-1",
  caller: { kind: "operator", accountId, arn: operatorArn(accountId) },
});

async function hashOf(call: Call<OperatorCaller>, input: NewAccount): Promise<Outcome<string, ServiceError>> {
  const { accountId } = call.caller;
  const named = { accountId, alias: input.AccountAlias, rootEmail: input.Email };
  const names = [accountId, input.Email, named.alias].filter((name) => name !== undefined);
  const problem = passwordProblem(input.Password, undefined, names);
  if (problem !== undefined) return refuse(serviceError("PasswordPolicyViolation", problem));
  const refused = await wordProblem(call.deps, input.Password, named, "root");
  return refused === undefined ? checkAndHash(call, input) : refuse(passwordRefused(refused));
}

async function setUp(
  tx: Transaction,
  visit: Visit,
  call: Call<OperatorCaller>,
  input: NewAccount,
  { link, hash }: { readonly link: string; readonly hash: string },
): Promise<SignInResult> {
  if (!(await tx.setUpLinks.claim(link, visit.now)))
    return refuse(setUpLinkInvalid("another request has claimed the link"));
  const [other] = await tx.accounts.list({ limit: 1 });
  if (other !== undefined) return refuse(setUpLinkInvalid("there is an account already"));
  const { accountId } = call.caller;
  const created = await CreateAccount.run(tx, call, input, undefined, hash);
  if (!created.ok) return created;
  await tx.events.append(eventOf(call, CreateAccount, { input, output: created.value }));
  await tx.bumpRevision(accountId);
  const root = await loadPerson(tx, accountId, rootPrincipalId(accountId));
  if (root === undefined) throw new Error("the account that was just made is not there");
  const standing = await standingOf(tx, visit, root);
  const standpoint = afterPassword(standing, visit.deps.signIn, visit.now);
  return standpoint.step === "refused"
    ? refuse(signInExpired(standpoint.reason))
    : advance(tx, visit, root, standing, standpoint);
}
