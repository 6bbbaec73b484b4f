import { accept } from "#base/outcome.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import type { UserRow } from "#ports/users.ts";
import { endOtherSessions } from "../console-sessions.ts";
import { anyResource, type WriteOperation } from "../operation.ts";
import { userTarget } from "../users.ts";

type Shape = CountersignOperations["RevokeOtherSessions"];

/** Ends all of the caller's own sessions but the one that asks: no permission is needed. */
export const RevokeOtherSessions: WriteOperation<Shape["input"], Shape["output"], UserRow | undefined> = {
  kind: "write",
  service: "countersign",
  name: "RevokeOtherSessions",
  action: "countersign:RevokeOtherSessions",
  readOnly: false,
  bumpsRevision: true,
  sensitive: (user) => user,
  target: (store, call) => userTarget(store, call, {}),
  resources: anyResource,
  async run(tx, call, { TemporaryCredentials }) {
    return accept({ Ended: await endOtherSessions(tx, call, TemporaryCredentials) });
  },
  audit: { response: ({ Ended }) => ({ ended: Ended }) },
};
