import { randomUUID } from "node:crypto";
import type { EventRow } from "#audit/event.ts";
import { type EpochMs, systemClock } from "#base/clock.ts";
import { quotasOf } from "#config/quotas.ts";
import type { Settings } from "#config/settings.ts";
import { signInLimitsOf } from "#config/sign-in-limits.ts";
import { createPasswordHasher, PASSWORD_PARAMS } from "#crypto/password.ts";
import { randomBytes } from "#crypto/random.ts";
import { operatorArn } from "#identity/arns.ts";
import type { AccountId } from "#identity/ids.ts";
import type { ServiceError } from "#model/service-error.ts";
import { type Call, type Deps, type OperatorCaller, WITHOUT_MAIL } from "#operations/call.ts";
import type { Operation, Result } from "#operations/operation.ts";
import { runOperation } from "#operations/run.ts";
import type { Recorder } from "#ports/recorder.ts";
import type { Store, Transaction } from "#ports/store.ts";
import { Refusal } from "../terminal/refusal.ts";
import type { OpenPlace } from "./place.ts";

/** Runs operations in this process as the operator of the machine; each one is decided and logged like any other. */
export interface Operator {
  /** The operation's output, or its refusal as a value. */
  attempt<Input extends object, Output extends object>(
    account: AccountId,
    // an operator does not care what an operation loads for itself
    // biome-ignore lint/suspicious/noExplicitAny: target and prepared value are the operation's own affair
    operation: Operation<Input, Output, any, any>,
    input: Input,
  ): Promise<Result<Output>>;
}

export function operatorOf(
  place: Pick<OpenPlace, "keyring"> & { readonly store: Store },
  settings: Settings,
  userAgent: string,
): Operator {
  const recorder = directRecorder(place.store);
  const deps: Deps = {
    random: randomBytes,
    keyring: place.keyring,
    passwords: createPasswordHasher({
      concurrency: 1,
      queue: 1,
      params: PASSWORD_PARAMS,
      random: randomBytes,
    }),
    recorder,
    quotas: quotasOf(settings),
    signIn: signInLimitsOf(settings),
    origin: () => settings.publicUrl ?? "http://localhost",
    issuer: settings.issuer,
    mail: WITHOUT_MAIL,
  };
  return {
    async attempt(account, operation, input) {
      const call = callOf(account, deps, userAgent, systemClock());
      const result = await runOperation({ store: place.store, changed: () => {} }, operation, call, input);
      await recorder.flush();
      // runOperation answers what the operation it was given answers
      return result as Result<never>;
    },
  };
}

/** A store whose every write belongs to a transaction that is open already, and commits with it. */
export const storeWithin = (tx: Transaction): Store => ({
  reader: tx,
  write: (work) => work(tx),
  close: async () => {},
});

/** Throws the refusal of an operation as the sentence the command ends with. */
export function acceptedOr<Output>(
  result: Result<Output>,
  hint?: (error: ServiceError) => string | undefined,
): Output {
  if (result.ok) return result.value;
  throw new Refusal(result.error.message, { hint: hint?.(result.error) });
}

const callOf = (account: AccountId, deps: Deps, userAgent: string, now: EpochMs): Call<OperatorCaller> => ({
  caller: { kind: "operator", accountId: account, arn: operatorArn(account) },
  now,
  requestId: randomUUID(),
  region: "us-east-1",
  sourceIp: "operator",
  userAgent,
  secureTransport: true,
  // what the operator does is not proved by anything that ages
  clockBehind: false,
  deps,
});

/** Writes each event at once: a command is over too soon for a group. */
function directRecorder(store: Store): Recorder {
  const waiting: EventRow[] = [];
  const flush = async () => {
    const events = waiting.splice(0);
    if (events.length === 0) return;
    await store.write(async (tx) => {
      for (const event of events) await tx.events.append(event);
    });
  };
  return {
    event: (event) => void waiting.push(event),
    keyUse: () => {},
    roleUse: () => {},
    flush,
    close: flush,
  };
}
