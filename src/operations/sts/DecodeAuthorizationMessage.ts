import type {
  DecodeAuthorizationMessageCommandInput,
  DecodeAuthorizationMessageCommandOutput,
} from "@aws-sdk/client-sts";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import { openDenial } from "../authorization-message.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";

/** Says why a call of the caller's own account was denied. The sentence for what is no message is inferred. */
export const DecodeAuthorizationMessage: ReadOperation<
  DecodeAuthorizationMessageCommandInput,
  Omit<DecodeAuthorizationMessageCommandOutput, "$metadata">
> = {
  kind: "read",
  service: "sts",
  name: "DecodeAuthorizationMessage",
  action: "sts:DecodeAuthorizationMessage",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  async run(_store, { caller, deps }, { EncodedMessage = "" }) {
    const DecodedMessage = openDenial(deps.keyring, caller.accountId, EncodedMessage);
    if (DecodedMessage !== undefined) return accept({ DecodedMessage });
    return refuse(serviceError("InvalidAuthorizationMessageException", "Message is not valid"));
  },
  audit: { request: () => null },
};
