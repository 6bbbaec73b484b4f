import type { CreateAccountAliasCommandInput, CreateAccountAliasCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import { anyResource, noTarget, type WriteOperation } from "../operation.ts";

type Output = Omit<CreateAccountAliasCommandOutput, "$metadata">;

/** One alias an account: a new one takes the old one's place (contract 1.8). Twelve digits never come this far. */
export const CreateAccountAlias: WriteOperation<CreateAccountAliasCommandInput, Output> = {
  kind: "write",
  service: "iam",
  name: "CreateAccountAlias",
  action: "iam:CreateAccountAlias",
  readOnly: false,
  target: noTarget,
  resources: anyResource,
  async run(store, call, { AccountAlias = "" }) {
    if (await store.accounts.setAlias(call.caller.accountId, AccountAlias)) return accept({});
    return refuse(serviceError("EntityAlreadyExists", `The account alias ${AccountAlias} already exists.`));
  },
};
