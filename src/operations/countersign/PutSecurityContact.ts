import { accept, refuse } from "#base/outcome.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import { addressProblem, putContact } from "../contacts.ts";
import { anyResource, noTarget, type WriteOperation } from "../operation.ts";
import { lockRoot } from "../users.ts";

type Shape = CountersignOperations["PutSecurityContact"];

/** Who is told beside root what happens to root. It counts once somebody of the account has confirmed it. */
export const PutSecurityContact: WriteOperation<Shape["input"], Shape["output"]> = {
  kind: "write",
  service: "countersign",
  name: "PutSecurityContact",
  action: "countersign:PutSecurityContact",
  readOnly: false,
  target: noTarget,
  resources: anyResource,
  async run(tx, call, { Address }) {
    const problem = addressProblem(Address);
    if (problem !== undefined) return refuse(problem);
    await putContact(tx, call, await lockRoot(tx, call), Address);
    return accept({ Confirmed: false });
  },
};
