import { accept, refuse } from "#base/outcome.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import type { UserRow } from "#ports/users.ts";
import { addressProblem, contactOwner, isOwnContact, putContact } from "../contacts.ts";
import type { WriteOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { noSuchUser, userResource, userTarget } from "../users.ts";

type Shape = CountersignOperations["PutContactAddress"];

/** Where a user is told what happens to his account. It counts once he has confirmed it. */
export const PutContactAddress: WriteOperation<Shape["input"], Shape["output"], UserRow | undefined> = {
  kind: "write",
  service: "countersign",
  name: "PutContactAddress",
  action: "countersign:PutContactAddress",
  readOnly: false,
  sensitive: (user) => user,
  own: isOwnContact,
  target: userTarget,
  resources: userResource,
  context: taggedContext,
  async run(tx, call, input, target) {
    const user = contactOwner(call, input, target);
    if (!user.ok) return user;
    const problem = addressProblem(input.Address);
    if (problem !== undefined) return refuse(problem);
    const { accountId, userId, userName } = user.value;
    const locked = await tx.users.lock(accountId, userId);
    if (locked === undefined) return refuse(noSuchUser(userName));
    await putContact(tx, call, locked, input.Address);
    return accept({ Confirmed: false });
  },
};
