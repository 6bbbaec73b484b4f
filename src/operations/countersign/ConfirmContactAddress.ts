import { accept, refuse } from "#base/outcome.ts";
import { rootPrincipalId } from "#identity/ids.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { secretHash } from "#signin/token.ts";
import { isConsoleCaller } from "../call.ts";
import { anyResource, noTarget, type WriteOperation } from "../operation.ts";

type Shape = CountersignOperations["ConfirmContactAddress"];

/**
 * Confirms an address by the token that was mailed to it: a user's own in a session of his, the account's security contact in
 * anybody's of the account. Who found the mail but cannot sign in confirms nothing. No permission is needed.
 */
export const ConfirmContactAddress: WriteOperation<Shape["input"], Shape["output"]> = {
  kind: "write",
  service: "countersign",
  name: "ConfirmContactAddress",
  action: "countersign:ConfirmContactAddress",
  readOnly: false,
  target: noTarget,
  resources: anyResource,
  async run(tx, { caller, now }, { Token }) {
    if (caller.kind === "operator" || !isConsoleCaller(caller)) return refuse(notGood("no console session"));
    const token = secretHash(Token);
    if (token === undefined) return refuse(notGood("no token of ours"));
    const { accountId, principalId } = caller;
    const holders = [principalId, rootPrincipalId(accountId)];
    const confirmed = await tx.contacts.confirm(accountId, token, holders, now);
    return confirmed === undefined ? refuse(notGood("no such confirmation, or an old one")) : accept({});
  },
  audit: { request: () => null },
};

const notGood = (reason: string): ServiceError =>
  serviceError(
    "InvalidInput",
    "This link confirms nothing here: it was used, is more than a day old, was replaced by a newer one, or belongs to another user.",
    reason,
  );
