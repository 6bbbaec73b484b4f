import type { DeleteAccessKeyCommandInput, DeleteAccessKeyCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { UserRow } from "#ports/users.ts";
import type { WriteOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { userOrRoot, userResource, userTarget } from "../users.ts";
import { accessKeyId, noSuchAccessKey } from "./access-keys.ts";

type Output = Omit<DeleteAccessKeyCommandOutput, "$metadata">;

/** Root that names nobody deletes one of his own. */
export const DeleteAccessKey: WriteOperation<DeleteAccessKeyCommandInput, Output, UserRow | undefined> = {
  kind: "write",
  service: "iam",
  name: "DeleteAccessKey",
  action: "iam:DeleteAccessKey",
  readOnly: false,
  sensitive: (user) => user,
  bumpsRevision: true,
  target: userTarget,
  resources: userResource,
  context: taggedContext,
  async run(store, call, input, target) {
    const user = userOrRoot(call, input, target);
    if (!user.ok) return user;
    const id = accessKeyId(input.AccessKeyId);
    const { accountId, userId } = user.value;
    if (!(await store.accessKeys.remove(accountId, userId, id))) return refuse(noSuchAccessKey(id));
    await store.users.count(accountId, userId, "accessKeyCount", -1);
    return accept({});
  },
};
