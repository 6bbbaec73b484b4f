import { accept, refuse } from "#base/outcome.ts";
import { rootArn } from "#identity/arns.ts";
import { rootPrincipalId } from "#identity/ids.ts";
import { passwordProblem } from "#identity/password-policy.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Transaction } from "#ports/store.ts";
import type { Call } from "../call.ts";
import { anyResource, noTarget, type Result, type WriteOperation } from "../operation.ts";
import { type AccountNames, nameProblem } from "./account-names.ts";
import { type AdminUser, createAdminUser } from "./admin-user.ts";

export interface NewAccount extends AccountNames {
  /** The root user's. */
  readonly Password: string;
}

export interface CreatedAccount {
  readonly AccountId: string;
  readonly RootArn: string;
  readonly AdminUser?: AdminUser;
}

/** Makes the account that the operator acts on: its root user with a password, and an administrator if one is named. */
export const CreateAccount: WriteOperation<NewAccount, CreatedAccount, undefined, string> = {
  kind: "write",
  service: "countersign",
  name: "CreateAccount",
  action: "countersign:CreateAccount",
  readOnly: false,
  bumpsRevision: true,
  target: noTarget,
  resources: anyResource,
  prepare: (_store, call, input) => checkAndHash(call, input),
  async run(store, call, input, _target, passwordHash) {
    const taken = await createRoot(store, call, input, passwordHash);
    if (taken !== undefined) return refuse(taken);
    const { accountId } = call.caller;
    const created = { AccountId: accountId, RootArn: rootArn(accountId) };
    if (input.AdminUserName === undefined) return accept(created);
    const admin = await createAdminUser(store, call, input.AdminUserName);
    return admin.ok ? accept({ ...created, AdminUser: admin.value }) : admin;
  },
  audit: { response: shownAccount },
};

/** Slow, and before the transaction: whether the names and the password will do, and the hash. */
export async function checkAndHash(call: Call, input: NewAccount): Promise<Result<string>> {
  const { accountId } = call.caller;
  const names = [accountId, input.Email, ...(input.AccountAlias === undefined ? [] : [input.AccountAlias])];
  const problem = nameProblem(accountId, input) ?? passwordProblem(input.Password, undefined, names);
  if (problem !== undefined) return refuse(serviceError("ValidationError", problem));
  const hashed = await call.deps.passwords.hash(input.Password);
  return hashed.ok
    ? hashed
    : refuse(serviceError("ServiceUnavailable", "too many passwords are being hashed"));
}

const TAKEN = {
  "id-taken": ({ caller }: Call) => `there is an account \`${caller.accountId}\` already`,
  "email-taken": (_: Call, { Email }: NewAccount) => `\`${Email}\` is the root user of another account`,
  "alias-taken": (_: Call, { AccountAlias }: NewAccount) =>
    `\`${AccountAlias}\` is the alias of another account`,
} as const;

async function createRoot(
  store: Transaction,
  call: Call,
  input: NewAccount,
  passwordHash: string,
): Promise<ServiceError | undefined> {
  const { accountId } = call.caller;
  const { Email: rootEmail, AccountAlias: alias } = input;
  const created = await store.accounts.create({ accountId, rootEmail, alias, createdAt: call.now });
  if (created !== "created") return serviceError("EntityAlreadyExists", TAKEN[created](call, input), created);
  await store.loginProfiles.create({
    accountId,
    userId: rootPrincipalId(accountId),
    passwordHash,
    createdAt: call.now,
    changedAt: call.now,
    resetRequired: false,
    earlierHashes: [],
  });
  return undefined;
}

/** Never the secret. */
function shownAccount({ AccountId, RootArn, AdminUser }: CreatedAccount): object {
  const admin = AdminUser && { userName: AdminUser.UserName, accessKeyId: AdminUser.AccessKeyId };
  return { accountId: AccountId, rootArn: RootArn, ...(admin === undefined ? {} : { adminUser: admin }) };
}
