import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { rootArn } from "#identity/arns.ts";
import type { AccessKeyId } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Reader } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import { accessKeyId } from "../iam/access-keys.ts";
import type { WriteOperation } from "../operation.ts";
import { rootUser } from "../users.ts";
import { noSuchAccount } from "./no-such-account.ts";

interface Input {
  /** May be left out where there is one key alone. */
  readonly AccessKeyId?: string | undefined;
}

interface Output {
  readonly AccessKeyId: string;
}

/** Takes an access key from the root user of the operator's account. */
export const DeleteRootAccessKey: WriteOperation<Input, Output, UserRow | undefined> = {
  kind: "write",
  service: "countersign",
  name: "DeleteRootAccessKey",
  action: "countersign:DeleteRootAccessKey",
  readOnly: false,
  bumpsRevision: true,
  target: rootUser,
  resources: ({ caller }) => [rootArn(caller.accountId)],
  async run(store, call, input, root) {
    if (root === undefined) return refuse(noSuchAccount(call));
    const key = await keyMeant(store, root, input.AccessKeyId);
    if (!key.ok) return key;
    const { accountId, userId } = root;
    if (!(await store.accessKeys.remove(accountId, userId, key.value))) return refuse(noSuchKey(key.value));
    await store.users.count(accountId, userId, "accessKeyCount", -1);
    return accept({ AccessKeyId: key.value });
  },
  audit: { response: ({ AccessKeyId }) => ({ accessKeyId: AccessKeyId }) },
};

async function keyMeant(
  store: Reader,
  { accountId, userId }: UserRow,
  named: string | undefined,
): Promise<Outcome<AccessKeyId, ServiceError>> {
  if (named !== undefined) return accept(accessKeyId(named));
  const [only, second] = await store.accessKeys.listFor(accountId, userId, { limit: 2 });
  if (only === undefined) return refuse(serviceError("NoSuchEntity", "the root user has no access key"));
  if (second === undefined) return accept(only.accessKeyId);
  return refuse(serviceError("ValidationError", "the root user has several access keys: say which one goes"));
}

const noSuchKey = (id: string): ServiceError =>
  serviceError("NoSuchEntity", `the root user has no access key \`${id}\``);
