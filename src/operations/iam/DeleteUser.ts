import type { DeleteUserCommandInput, DeleteUserCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import { changedMeanwhile, conflict, policyConflict } from "../delete-conflicts.ts";
import type { WriteOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { iamUser, noSuchUser, userResource, userTarget } from "../users.ts";

type Output = Omit<DeleteUserCommandOutput, "$metadata">;

export const DeleteUser: WriteOperation<DeleteUserCommandInput, Output, UserRow | undefined> = {
  kind: "write",
  service: "iam",
  name: "DeleteUser",
  action: "iam:DeleteUser",
  readOnly: false,
  bumpsRevision: true,
  target: userTarget,
  resources: userResource,
  context: taggedContext,
  async run(store, call, input, target) {
    const user = iamUser(call, input, target);
    if (!user.ok) return user;
    const { accountId, userId } = user.value;
    const locked = await store.users.lock(accountId, userId);
    if (locked === undefined) return refuse(noSuchUser(user.value.userName));
    const conflict = await conflictOf(store, locked);
    if (conflict !== undefined) return refuse(conflict);
    if (!(await store.users.remove(accountId, userId))) return refuse(changedMeanwhile("user"));
    await store.accounts.count(accountId, "userCount", -1);
    return accept({});
  },
};

/** What must go first, in AWS's order (contract 1.3). */
async function conflictOf(store: Transaction, user: UserRow): Promise<ServiceError | undefined> {
  if (user.mfaCount > 0) return conflict("remove tokens from principal");
  if (await store.loginProfiles.load(user.accountId, user.userId)) return conflict("delete login profile");
  if (user.accessKeyCount > 0) return conflict("delete access keys");
  return policyConflict(user) ?? (user.groupCount > 0 ? conflict("remove users from group") : undefined);
}
