import { accept, refuse } from "#base/outcome.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import { serviceError } from "#model/errors.ts";
import type { UserRow } from "#ports/users.ts";
import { endOwnSession } from "../console-sessions.ts";
import { anyResource, type WriteOperation } from "../operation.ts";
import { userTarget } from "../users.ts";

type Shape = CountersignOperations["RevokeSession"];

/** Ends one of the caller's own console sessions: no permission is needed, and nobody else's session is found. */
export const RevokeSession: WriteOperation<Shape["input"], Shape["output"], UserRow | undefined> = {
  kind: "write",
  service: "countersign",
  name: "RevokeSession",
  action: "countersign:RevokeSession",
  readOnly: false,
  sensitive: (user) => user,
  target: (store, call) => userTarget(store, call, {}),
  resources: anyResource,
  async run(tx, call, { SessionId }) {
    if (await endOwnSession(tx, call, SessionId)) return accept({});
    return refuse(serviceError("NoSuchEntity", "You have no session with this id."));
  },
};
