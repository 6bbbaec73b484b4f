import { accept, refuse } from "#base/outcome.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import { serviceError } from "#model/errors.ts";
import { removeContact } from "../contacts.ts";
import { anyResource, noTarget, type WriteOperation } from "../operation.ts";
import { lockRoot } from "../users.ts";

type Shape = CountersignOperations["DeleteSecurityContact"];

export const DeleteSecurityContact: WriteOperation<Shape["input"], Shape["output"]> = {
  kind: "write",
  service: "countersign",
  name: "DeleteSecurityContact",
  action: "countersign:DeleteSecurityContact",
  readOnly: false,
  target: noTarget,
  resources: anyResource,
  async run(tx, call) {
    if (await removeContact(tx, call, await lockRoot(tx, call))) return accept({});
    return refuse(serviceError("NoSuchEntity", "The account has no security contact."));
  },
};
