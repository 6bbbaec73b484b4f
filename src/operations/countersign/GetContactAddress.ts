import { accept } from "#base/outcome.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import type { UserRow } from "#ports/users.ts";
import { isOwnContact, shownContact } from "../contacts.ts";
import type { ReadOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { isRootUser, userOrRoot, userResource, userTarget } from "../users.ts";

type Shape = CountersignOperations["GetContactAddress"];

/** A user's contact address. Root's is its e-mail, which nobody has to confirm. */
export const GetContactAddress: ReadOperation<Shape["input"], Shape["output"], UserRow | undefined> = {
  kind: "read",
  service: "countersign",
  name: "GetContactAddress",
  action: "countersign:GetContactAddress",
  readOnly: true,
  own: isOwnContact,
  target: userTarget,
  resources: userResource,
  context: taggedContext,
  async run(store, call, input, target) {
    const user = userOrRoot(call, input, target);
    if (!user.ok) return user;
    const { accountId, userId } = user.value;
    if (!isRootUser(user.value)) return accept(shownContact(await store.contacts.load(accountId, userId)));
    const account = await store.accounts.load(accountId);
    return accept({ Address: account?.rootEmail, Confirmed: true });
  },
};
