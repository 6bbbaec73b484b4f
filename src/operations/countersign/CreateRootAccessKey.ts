import { refuse } from "#base/outcome.ts";
import { rootArn } from "#identity/arns.ts";
import type { UserRow } from "#ports/users.ts";
import type { WriteOperation } from "../operation.ts";
import { rootUser } from "../users.ts";
import { type IssuedKey, issueKeyFor } from "./issued-key.ts";
import { noSuchAccount } from "./no-such-account.ts";

/** Gives the root user of the operator's account an access key (DESIGN 1, "root's access keys"). */
export const CreateRootAccessKey: WriteOperation<object, IssuedKey, UserRow | undefined> = {
  kind: "write",
  service: "countersign",
  name: "CreateRootAccessKey",
  action: "countersign:CreateRootAccessKey",
  readOnly: false,
  bumpsRevision: true,
  target: rootUser,
  resources: ({ caller }) => [rootArn(caller.accountId)],
  async run(store, call, _input, root) {
    return root === undefined ? refuse(noSuchAccount(call)) : issueKeyFor(store, call, root);
  },
  audit: { response: ({ AccessKeyId }) => ({ accessKeyId: AccessKeyId }) },
};
