import type { AccessKeyMetadata } from "@aws-sdk/client-iam";
import { utf8 } from "#base/bytes.ts";
import { issueAccessKey as issueKey } from "#credentials/access-key.ts";
import type { AccessKeyId } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { AccessKeyRow } from "#ports/access-keys.ts";
import { accessKeyContext } from "#ports/sealed.ts";
import type { UserRow } from "#ports/users.ts";
import type { Call } from "../call.ts";
import { isRootUser } from "../users.ts";

export interface NewAccessKey {
  readonly secretAccessKey: string;
  readonly row: Pick<AccessKeyRow, "accessKeyId" | "accountId" | "userId" | "sealedSecret" | "createdAt">;
}

/** Issues a key of `user`: its row holds the secret sealed, the secret itself is shown this once. */
export function issueAccessKey(call: Call, user: UserRow): NewAccessKey {
  const { random, keyring } = call.deps;
  const { accountId, userId } = user;
  const { accessKeyId, secretAccessKey } = issueKey("longTermKey", accountId, random);
  const context = accessKeyContext(accountId, accessKeyId);
  const sealedSecret = keyring.seal("access-key", context, utf8(secretAccessKey));
  return { secretAccessKey, row: { accessKeyId, accountId, userId, sealedSecret, createdAt: call.now } };
}

/** Keys belong to a user who is named; root's have no name to show. */
export const keyOwnerName = (user: UserRow): string | undefined =>
  isRootUser(user) ? undefined : user.userName;

export const listedKey = (key: AccessKeyRow, owner: UserRow): AccessKeyMetadata => ({
  UserName: keyOwnerName(owner),
  AccessKeyId: key.accessKeyId,
  Status: key.status,
  CreateDate: new Date(key.createdAt),
});

export const noSuchAccessKey = (id: string): ServiceError =>
  serviceError("NoSuchEntity", `The Access Key with id ${id} cannot be found.`);

/** The id as the validator let it through: it names a row or it does not. */
export const accessKeyId = (id: string | undefined): AccessKeyId => (id ?? "") as AccessKeyId;
