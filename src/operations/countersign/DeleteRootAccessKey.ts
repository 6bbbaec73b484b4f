import { accept, refuse } from "#base/outcome.ts";
import { rootArn } from "#identity/arns.ts";
import { serviceError } from "#model/errors.ts";
import type { UserRow } from "#ports/store.ts";
import { accessKeyId } from "../iam/access-keys.ts";
import type { WriteOperation } from "../operation.ts";
import { rootUser } from "../users.ts";
import { noSuchAccount } from "./no-such-account.ts";

interface Input {
  readonly AccessKeyId: string;
}

/** Takes an access key from the root user of the operator's account. */
export const DeleteRootAccessKey: WriteOperation<Input, object, UserRow | undefined> = {
  kind: "write",
  service: "countersign",
  name: "DeleteRootAccessKey",
  action: "countersign:DeleteRootAccessKey",
  readOnly: false,
  bumpsRevision: true,
  target: rootUser,
  resources: ({ caller }) => [rootArn(caller.accountId)],
  async run(store, call, { AccessKeyId }, root) {
    if (root === undefined) return refuse(noSuchAccount(call));
    const { accountId, userId } = root;
    if (!(await store.accessKeys.remove(accountId, userId, accessKeyId(AccessKeyId)))) {
      return refuse(serviceError("NoSuchEntity", `the root user has no access key \`${AccessKeyId}\``));
    }
    await store.users.count(accountId, userId, "accessKeyCount", -1);
    return accept({});
  },
};
