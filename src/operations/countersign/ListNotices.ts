import { accept } from "#base/outcome.ts";
import type { Notice } from "#model/countersign/contact-types.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import type { NoticeRow } from "#ports/notices.ts";
import type { Reader } from "#ports/store.ts";
import type { Call } from "../call.ts";
import { mayAlso } from "../decide.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";

type Shape = CountersignOperations["ListNotices"];

/** Of each kind of reader, the newest. */
const MOST = 50;

/**
 * What waits for the caller, and for who may call it the account's: there is no address to mail it to, or no mail server. His own
 * he is shown whatever policies say.
 */
export const ListNotices: ReadOperation<Shape["input"], Shape["output"]> = {
  kind: "read",
  service: "countersign",
  name: "ListNotices",
  action: "countersign:ListNotices",
  readOnly: true,
  own: () => true,
  target: noTarget,
  resources: anyResource,
  async run(store, call) {
    const Own = (await ownNotices(store, call)).map(shapeOf);
    if (!mayAlso(call, "countersign:ListNotices", "*")) return accept({ Own });
    const account = await store.notices.waitingIn(call.caller.accountId, MOST);
    return accept({ Own, Account: account.map(shapeOf) });
  },
};

async function ownNotices(store: Reader, { caller }: Call): Promise<readonly NoticeRow[]> {
  if (caller.kind !== "user" && caller.kind !== "root") return [];
  return store.notices.waitingFor(caller.accountId, caller.principalId, MOST);
}

const shapeOf = ({ noticeId, at, kind, userName, details }: NoticeRow): Notice => ({
  NoticeId: noticeId,
  Time: at,
  Kind: kind,
  UserName: userName,
  Details: Object.entries(details).map(([Key, Value]) => ({ Key, Value })),
});
