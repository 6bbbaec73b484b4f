import type { DeleteAccountAliasCommandInput, DeleteAccountAliasCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import { anyResource, noTarget, type WriteOperation } from "../operation.ts";

type Output = Omit<DeleteAccountAliasCommandOutput, "$metadata">;

export const DeleteAccountAlias: WriteOperation<DeleteAccountAliasCommandInput, Output> = {
  kind: "write",
  service: "iam",
  name: "DeleteAccountAlias",
  action: "iam:DeleteAccountAlias",
  readOnly: false,
  target: noTarget,
  resources: anyResource,
  async run(store, call, { AccountAlias = "" }) {
    if (await store.accounts.removeAlias(call.caller.accountId, AccountAlias)) return accept({});
    return refuse(serviceError("NoSuchEntity", `The account alias ${AccountAlias} cannot be found.`));
  },
};
