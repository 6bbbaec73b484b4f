import { accept, refuse } from "#base/outcome.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import { serviceError } from "#model/errors.ts";
import type { NoticeReader } from "#ports/notices.ts";
import type { Call } from "../call.ts";
import { mayAlso } from "../decide.ts";
import { anyResource, noTarget, type WriteOperation } from "../operation.ts";

type Shape = CountersignOperations["DismissNotice"];

/**
 * The caller has read what waits for him; and for who may call it, the account's administrators have. Theirs does not take it from
 * the one it is about, nor his from them: no thief of a session hides from others what he did.
 */
export const DismissNotice: WriteOperation<Shape["input"], Shape["output"]> = {
  kind: "write",
  service: "countersign",
  name: "DismissNotice",
  action: "countersign:DismissNotice",
  readOnly: false,
  own: () => true,
  target: noTarget,
  resources: anyResource,
  async run(tx, call, { NoticeId }) {
    let dismissed = false;
    for (const reader of readersOf(call)) {
      if (await tx.notices.dismiss(call.caller.accountId, NoticeId, reader)) dismissed = true;
    }
    return dismissed
      ? accept({})
      : refuse(serviceError("NoSuchEntity", "No notice with this id waits for you."));
  },
};

function readersOf(call: Call): readonly NoticeReader[] {
  const { caller } = call;
  const own: readonly NoticeReader[] =
    caller.kind === "user" || caller.kind === "root" ? [{ owner: caller.principalId }] : [];
  return mayAlso(call, "countersign:DismissNotice", "*") ? [...own, "administrators"] : own;
}
