import { accept, refuse } from "#base/outcome.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import { serviceError } from "#model/errors.ts";
import type { UserRow } from "#ports/users.ts";
import { contactOwner, isOwnContact, removeContact } from "../contacts.ts";
import type { WriteOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { noSuchUser, userResource, userTarget } from "../users.ts";

type Shape = CountersignOperations["DeleteContactAddress"];

/** Takes a user's address away: from then on he is told on his pages alone. */
export const DeleteContactAddress: WriteOperation<Shape["input"], Shape["output"], UserRow | undefined> = {
  kind: "write",
  service: "countersign",
  name: "DeleteContactAddress",
  action: "countersign:DeleteContactAddress",
  readOnly: false,
  sensitive: (user) => user,
  own: isOwnContact,
  target: userTarget,
  resources: userResource,
  context: taggedContext,
  async run(tx, call, input, target) {
    const user = contactOwner(call, input, target);
    if (!user.ok) return user;
    const { accountId, userId, userName } = user.value;
    const locked = await tx.users.lock(accountId, userId);
    if (locked === undefined) return refuse(noSuchUser(userName));
    if (await removeContact(tx, call, locked)) return accept({});
    return refuse(serviceError("NoSuchEntity", `The user with name ${userName} has no contact address.`));
  },
};
