import { randomUUID } from "node:crypto";
import { refuse } from "#base/outcome.ts";
import type { AccountId } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import type { Reader, Store, Transaction } from "#ports/store.ts";
import type { Call } from "./call.ts";
import { credentialRefusal, stepUpRefusal } from "./credential-rules.ts";
import { type Decided, decideAbout } from "./decide.ts";
import { denied } from "./denied.ts";
import { type Ending, eventForOther, eventOf } from "./event.ts";
import { tell } from "./notices.ts";
import type { AnyOperation, Result } from "./operation.ts";

/** Where a call runs. */
export interface RunEnv {
  readonly store: Store;
  /** Told at once when this process has changed what authentication or a decision reads in an account. */
  readonly changed: (account: AccountId) => void;
}

/**
 * Runs a decoded call to its end: loads its target, decides, prepares, runs, and records the one event. Nothing runs that was
 * not allowed. A write, its event and the revision it raises are one transaction; the events of reads and of refusals before
 * the transaction go to the recorder. Throws only for bugs and a failing store.
 */
export async function runOperation(
  env: RunEnv,
  operation: AnyOperation,
  call: Call,
  input: object,
): Promise<Result<object>> {
  const decided = await decideCall(env.store.reader, operation, call, input);
  const refused = refusalOf(operation, call, decided);
  if (refused !== undefined) return recorded(call, operation, input, decided, refused);
  const prepared = await operation.prepare?.(env.store.reader, call, input, decided.target);
  if (prepared?.ok === false) return recorded(call, operation, input, decided, prepared);
  if (operation.kind === "read") {
    const result = await operation.run(env.store.reader, call, input, decided.target, prepared?.value);
    return recorded(call, operation, input, decided, result);
  }
  const result = await runWrite(env, operation, call, input, prepared?.value);
  if (result.ok && operation.bumpsRevision) env.changed(call.caller.accountId);
  return result;
}

/** Loads what the call is about and decides about it. */
async function decideCall(
  store: Reader,
  operation: AnyOperation,
  call: Call,
  input: object,
): Promise<Decided> {
  return decideAbout(operation, call, input, await operation.target(store, call, input));
}

/** Why the call as it was decided does not run, or undefined. */
function refusalOf(
  operation: AnyOperation,
  call: Call,
  { denial, asked, target }: Decided,
): Result<never> | undefined {
  if (denial !== undefined) return denied(call, denial, asked);
  const stale = stepUpRefusal(operation, call, target);
  return stale && refuse(stale);
}

function recorded(
  call: Call,
  operation: AnyOperation,
  input: object,
  decided: Decided,
  result: Result<object>,
): Result<object> {
  call.deps.recorder.event(eventOf(call, operation, endingOf(input, decided, result)));
  return result;
}

function endingOf(input: object, decided: Decided, result: Result<object>): Ending {
  return result.ok ? { input, decided, output: result.value } : { input, decided, error: result.error };
}

type WriteOperation = Extract<AnyOperation, { kind: "write" }>;

function runWrite(
  env: RunEnv,
  operation: WriteOperation,
  call: Call,
  input: object,
  prepared: unknown,
): Promise<Result<object>> {
  return env.store.write(async (tx) => {
    // what the call is about may have changed since it was decided about: it is decided about again, as it is now
    const now = await decideCall(tx, operation, call, input);
    const result =
      refusalOf(operation, call, now) ??
      (await changedMeanwhile(tx, call)) ??
      (await runInSavepoint(tx, operation, call, input, now, prepared));
    if (result.ok && operation.bumpsRevision) await tx.bumpRevision(call.caller.accountId);
    await appendEvents(tx, call, operation, endingOf(input, now, result));
    if (result.ok) await tellOf(tx, call, operation, input, now);
    return result;
  });
}

const runInSavepoint = (
  tx: Transaction,
  operation: WriteOperation,
  call: Call,
  input: object,
  { target }: Decided,
  prepared: unknown,
): Promise<Result<object>> =>
  tx.savepoint<Result<object>>(
    () => operation.run(tx, call, input, target, prepared),
    (outcome) => outcome.ok || outcome.counted === true,
  );

/**
 * Decides about a call that another one is made of: the refusal is why it would not be let through. Nothing slow may come before it,
 * for the other one's transaction is open.
 */
export async function decidePart(
  store: Reader,
  operation: WriteOperation,
  call: Call,
  input: object,
): Promise<{ readonly decided: Decided; readonly refusal: Result<never> | undefined }> {
  if (operation.prepare !== undefined) throw new Error(`${operation.name} is no part of another call`);
  const { caller } = call;
  const unfit = caller.kind === "operator" ? undefined : credentialRefusal(operation, { ...call, caller });
  const decided = await decideCall(store, operation, call, input);
  return { decided, refusal: unfit === undefined ? refusalOf(operation, call, decided) : refuse(unfit) };
}

/**
 * Runs a call that another one is made of, in that one's transaction: allowed or denied on its own, and with its own event where it
 * changes something. Of a refusal the event of the whole tells. The whole raises the revision, where it must.
 */
export async function runPart(
  tx: Transaction,
  operation: WriteOperation,
  call: Call,
  input: object,
): Promise<Result<object>> {
  const { decided, refusal } = await decidePart(tx, operation, call, input);
  if (refusal !== undefined) return refusal;
  const result = await runInSavepoint(tx, operation, call, input, decided, undefined);
  if (!result.ok) return result;
  await appendEvents(tx, call, operation, endingOf(input, decided, result));
  await tellOf(tx, call, operation, input, decided);
  return result;
}

/**
 * Two who change the same thing at once: the second one has not seen what the first one made of it. Raising the revision is the
 * check, so that of two calls that go by the same one only one is let through.
 */
async function changedMeanwhile(
  tx: Transaction,
  { caller, unchangedSince }: Call,
): Promise<Result<never> | undefined> {
  if (unchangedSince === undefined || (await tx.bumpRevision(caller.accountId, unchangedSince)))
    return undefined;
  return refuse(
    serviceError("ChangedMeanwhile", "Something was changed since you read it. Nothing was saved."),
  );
}

/** What came about across accounts is an event in both: whom it was about has a right to know. */
async function appendEvents(
  tx: Transaction,
  call: Call,
  operation: AnyOperation,
  ending: Ending,
): Promise<void> {
  const other = ending.output === undefined ? undefined : ending.decided?.otherAccount;
  const shared = other === undefined ? undefined : randomUUID();
  await tx.events.append(eventOf(call, operation, { ...ending, sharedEventId: shared }));
  if (other === undefined) return;
  await tx.events.append(eventForOther(call, operation, { ...ending, sharedEventId: shared }, other));
}

/** Whoever acts, the one it happens to is told: also of what he did himself, for it may have been another with his password. */
async function tellOf(
  tx: Transaction,
  call: Call,
  operation: WriteOperation,
  input: object,
  { target }: Decided,
): Promise<void> {
  const told = operation.tells?.(input, target);
  if (told === undefined) return;
  await tell(tx, call, { ...told, details: { ...told.details, by: call.caller.arn } });
}
