import { accept } from "#base/outcome.ts";
import { anyResource, noTarget, type WriteOperation } from "../operation.ts";

/** Ends every session of the operator's account: tokens issued until now are dead, whatever they were sealed under. */
export const RevokeSessions: WriteOperation<object, object> = {
  kind: "write",
  service: "countersign",
  name: "RevokeSessions",
  action: "countersign:RevokeSessions",
  readOnly: false,
  bumpsRevision: true,
  target: noTarget,
  resources: anyResource,
  async run(store, { caller, now }) {
    await store.accounts.endSessions(caller.accountId, now);
    return accept({});
  },
};
