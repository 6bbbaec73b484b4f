import { accept, refuse } from "#base/outcome.ts";
import type { ServerOperations } from "#model/countersign/server-types.ts";
import { serviceError } from "#model/errors.ts";
import type { Sent } from "#ports/notifier.ts";
import type { Call } from "../call.ts";
import { addressProblem } from "../contacts.ts";
import { anyResource, noTarget, type Result, type WriteOperation } from "../operation.ts";

type Shape = ServerOperations["SendTestNotification"];

/** Sends a mail to any address, which says nothing but that it is a test. What the mail server says of it is the answer. */
export const SendTestNotification: WriteOperation<Shape["input"], Shape["output"], undefined, Sent> = {
  kind: "write",
  service: "countersign",
  name: "SendTestNotification",
  action: "countersign:SendTestNotification",
  readOnly: false,
  target: noTarget,
  resources: anyResource,
  // before the transaction, which a slow mail server must not hold open
  prepare: (_store, call, { Address }) => send(call, Address),
  run: async (_store, _call, _input, _target, sent) =>
    accept(sent.ok ? { Accepted: true } : { Accepted: false, Reason: sent.reason }),
  audit: {
    response: ({ Accepted, Reason }) => ({ accepted: Accepted, reason: Reason }),
  },
};

async function send({ caller, now, deps }: Call, to: string): Promise<Result<Sent>> {
  const problem = addressProblem(to);
  if (problem !== undefined) return refuse(problem);
  const message = { to, accountId: caller.accountId, at: now, origin: deps.origin() };
  const sent = await deps.mail.test(message);
  return sent === undefined ? refuse(tooSoon()) : accept(sent);
}

const tooSoon = () =>
  serviceError("Throttling", "A test message was sent less than a minute ago. Wait a minute and try again.");
