import type { CreateAccessKeyCommandInput, CreateAccessKeyCommandOutput } from "@aws-sdk/client-iam";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { Call } from "../call.ts";
import { eventDate } from "../event-date.ts";
import type { WriteOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { isRootUser, userOrRoot, userResource, userTarget } from "../users.ts";
import { issueAccessKey, type NewAccessKey } from "./access-keys.ts";

type Output = Omit<CreateAccessKeyCommandOutput, "$metadata">;

export const CreateAccessKey: WriteOperation<CreateAccessKeyCommandInput, Output, UserRow | undefined> = {
  kind: "write",
  service: "iam",
  name: "CreateAccessKey",
  action: "iam:CreateAccessKey",
  readOnly: false,
  sensitive: (user) => user,
  bumpsRevision: true,
  target: userTarget,
  resources: userResource,
  context: taggedContext,
  async run(store, call, input, target) {
    const user = userOrRoot(call, input, target);
    if (!user.ok) return user;
    if (isRootUser(user.value)) return refuse(rootKeysAreTheOperators());
    const key = await createKey(store, call, user.value);
    return key.ok ? accept({ AccessKey: shownKey(key.value, user.value) }) : key;
  },
  audit: {
    response: ({ AccessKey }) => ({ accessKey: AccessKey === undefined ? null : createdKey(AccessKey) }),
  },
};

/** DESIGN 1, "root's access keys": they come from the operator's command line or not at all. */
const rootKeysAreTheOperators = (): ServiceError =>
  serviceError(
    "AccessDenied",
    "Access keys of the root user can only be created by the operator of this server.",
  );

async function createKey(
  store: Transaction,
  call: Call,
  user: UserRow,
): Promise<Outcome<NewAccessKey, ServiceError>> {
  const quota = call.deps.quotas.accessKeysPerUser;
  if (!(await store.users.count(user.accountId, user.userId, "accessKeyCount", 1, quota))) {
    return refuse(serviceError("LimitExceeded", `Cannot exceed quota for AccessKeysPerUser: ${quota}`));
  }
  const key = issueAccessKey(call, user);
  // of an account's 2^39 ids one was drawn twice: the caller draws again
  if (!(await store.accessKeys.create(key.row)))
    return refuse(serviceError("ServiceUnavailable", "Try again."));
  return accept(key);
}

const shownKey = (
  { row, secretAccessKey }: NewAccessKey,
  user: UserRow,
): NonNullable<Output["AccessKey"]> => ({
  UserName: user.userName,
  AccessKeyId: row.accessKeyId,
  Status: "Active",
  SecretAccessKey: secretAccessKey,
  CreateDate: new Date(row.createdAt),
});

/** Contract 5.3: never the secret. */
function createdKey({ AccessKeyId, CreateDate, Status, UserName }: NonNullable<Output["AccessKey"]>): object {
  const createDate = CreateDate === undefined ? null : eventDate(CreateDate);
  return { accessKeyId: AccessKeyId, createDate, status: Status, userName: UserName };
}
