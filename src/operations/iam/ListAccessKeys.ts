import type { ListAccessKeysCommandInput, ListAccessKeysCommandOutput } from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import type { UserRow } from "#ports/users.ts";
import type { ReadOperation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { taggedContext } from "../tags.ts";
import { userOrRoot, userResource, userTarget } from "../users.ts";
import { listedKey } from "./access-keys.ts";

type Output = Omit<ListAccessKeysCommandOutput, "$metadata">;

/** Root that names nobody lists his own. */
export const ListAccessKeys: ReadOperation<ListAccessKeysCommandInput, Output, UserRow | undefined> = {
  kind: "read",
  service: "iam",
  name: "ListAccessKeys",
  action: "iam:ListAccessKeys",
  readOnly: true,
  target: userTarget,
  resources: userResource,
  context: taggedContext,
  async run(store, call, input, target) {
    const user = userOrRoot(call, input, target);
    if (!user.ok) return user;
    const { accountId, userId } = user.value;
    const page = await pageOf(
      call,
      "ListAccessKeys",
      [userId],
      input,
      (wanted) => store.accessKeys.listFor(accountId, userId, wanted),
      (key) => key.accessKeyId,
    );
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    return accept({ AccessKeyMetadata: rows.map((key) => listedKey(key, user.value)), IsTruncated, Marker });
  },
};
