import type { UpdateAccessKeyCommandInput, UpdateAccessKeyCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { AccessKeyStatus } from "#ports/access-keys.ts";
import type { UserRow } from "#ports/users.ts";
import type { WriteOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { userOrRoot, userResource, userTarget } from "../users.ts";
import { accessKeyId, noSuchAccessKey } from "./access-keys.ts";

type Output = Omit<UpdateAccessKeyCommandOutput, "$metadata">;

/** Root that names nobody changes his own. */
export const UpdateAccessKey: WriteOperation<UpdateAccessKeyCommandInput, Output, UserRow | undefined> = {
  kind: "write",
  service: "iam",
  name: "UpdateAccessKey",
  action: "iam:UpdateAccessKey",
  readOnly: false,
  sensitive: (user) => user,
  bumpsRevision: true,
  target: userTarget,
  resources: userResource,
  context: taggedContext,
  async run(store, call, input, target) {
    const user = userOrRoot(call, input, target);
    if (!user.ok) return user;
    const status = settableStatus(input.Status);
    if (status === undefined) {
      return refuse(
        serviceError("InvalidInput", "The status of an access key can be set to Active or Inactive."),
      );
    }
    const id = accessKeyId(input.AccessKeyId);
    const { accountId, userId } = user.value;
    const changed = await store.accessKeys.setStatus(accountId, userId, id, status);
    return changed ? accept({}) : refuse(noSuchAccessKey(id));
  },
};

/** The model also knows `Expired`, which is the service's to set. */
const settableStatus = (status: string | undefined): AccessKeyStatus | undefined =>
  status === "Active" || status === "Inactive" ? status : undefined;
