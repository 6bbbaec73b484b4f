import { accept } from "#base/outcome.ts";
import { rootPrincipalId } from "#identity/ids.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import { shownContact } from "../contacts.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";

type Shape = CountersignOperations["GetSecurityContact"];

export const GetSecurityContact: ReadOperation<Shape["input"], Shape["output"]> = {
  kind: "read",
  service: "countersign",
  name: "GetSecurityContact",
  action: "countersign:GetSecurityContact",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  async run(store, { caller: { accountId } }) {
    return accept(shownContact(await store.contacts.load(accountId, rootPrincipalId(accountId))));
  },
};
