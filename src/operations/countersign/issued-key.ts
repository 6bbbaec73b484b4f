import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { Call } from "../call.ts";
import { issueAccessKey } from "../iam/access-keys.ts";

/** A new access key, its secret shown this once. */
export interface IssuedKey {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
}

/** Gives `user` one more access key, within his quota. */
export async function issueKeyFor(
  store: Transaction,
  call: Call,
  user: UserRow,
): Promise<Outcome<IssuedKey, ServiceError>> {
  const quota = call.deps.quotas.accessKeysPerUser;
  if (!(await store.users.count(user.accountId, user.userId, "accessKeyCount", 1, quota))) {
    return refuse(
      serviceError("LimitExceeded", `there are ${quota} access keys already, which is the quota`),
    );
  }
  const { row, secretAccessKey } = issueAccessKey(call, user);
  if (!(await store.accessKeys.create(row))) return refuse(serviceError("ServiceUnavailable", "try again"));
  return accept({ AccessKeyId: row.accessKeyId, SecretAccessKey: secretAccessKey });
}
