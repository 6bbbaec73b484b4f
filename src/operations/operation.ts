import type { Outcome } from "#base/outcome.ts";
import type { MfaProof } from "#mfa/proof.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { ServiceName } from "#model/services.ts";
import type { ContextValue, ResourcePolicy } from "#policy/request.ts";
import type { Reader, Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { Call } from "./call.ts";
import type { CookieChange } from "./cookies.ts";
import type { Told } from "./notices.ts";

/**
 * What an operation answers. A refusal undoes what the operation wrote, unless it is `counted`: what a refused code counted
 * stays counted.
 */
export type Result<Output> = Outcome<Output, ServiceError> & {
  readonly counted?: true;
  /** Headers of our own beside an answer; those of a refusal are the error's. */
  readonly headers?: ServiceError["headers"];
  /** What becomes of the calling browser's cookies, where the call came with a session's. */
  readonly cookies?: readonly CookieChange[];
};

/** How an event shows a call. The default shows the input's members in lower camel case, and nothing of the output. */
export interface AuditShape<Input, Output> {
  /** CloudTrail's requestParameters. Secrets and codes are not in it (audit/redaction.ts takes out any that are). */
  readonly request?: (input: Input) => object | null;
  /** CloudTrail's responseElements; reads show null. */
  readonly response?: (output: Output) => object | null;
}

/** As inputs and rows have them. */
export interface ContextTag {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

/** What policies can ask of one operation's calls, beside what they can ask of every call (contract 9.3). */
export interface OperationContext {
  /** `aws:RequestTag/…` and `aws:TagKeys`. */
  readonly requestTags?: readonly ContextTag[] | undefined;
  /** `aws:ResourceTag/…` and `iam:ResourceTag/…`. */
  readonly resourceTags?: readonly ContextTag[] | undefined;
  /** The second factor whose code the call itself gives: `run` proves it, and refuses where it does not hold. */
  readonly mfa?: MfaProof | undefined;
  /** Others by their lower-case name, e.g. `iam:policyarn`; undefined is absent. */
  readonly keys?: Readonly<Record<string, ContextValue | undefined>>;
}

interface Common<Input, Output, Target, Prepared> {
  readonly service: ServiceName;
  readonly name: string;
  /** The action that policies speak of, e.g. `iam:EnableMFADevice`. */
  readonly action: string;
  /** CloudTrail's readOnly (contract 5.3). */
  readonly readOnly: boolean;
  /**
   * Loads what the call is about, so that `resources` can name it. Runs before the decision, and again inside the
   * transaction of a write: a changed target is decided again. It refuses nothing: a missing target is undefined.
   */
  readonly target: (store: Reader, call: Call, input: Input) => Promise<Target>;
  /** Further actions that the call takes of the same resources: each must be allowed too. */
  readonly alsoActions?: (call: Call, input: Input) => readonly string[];
  /** The ARNs that the decision is about. */
  readonly resources: (call: Call, input: Input, target: Target) => readonly string[];
  /** Asked for only when a statement asks. */
  readonly context?: (call: Call, input: Input, target: Target) => OperationContext;
  /** The policy of the resource itself, where it has one. */
  readonly resourcePolicy?: (call: Call, input: Input, target: Target) => ResourcePolicy | undefined;
  /**
   * Slow work after the decision and before the transaction: hashing, rendering. May refuse. What it read is checked again by
   * the conditional writes of `run`.
   */
  readonly prepare?: (store: Reader, call: Call, input: Input, target: Target) => Promise<Result<Prepared>>;
  /** Whose factors, password, keys or sessions the call changes: on oneself, a console session wants a fresh factor for it. */
  readonly sensitive?: (target: Target) => UserRow | undefined;
  /** About the caller himself alone: no policy need allow it, nor can one deny it but a session's own. */
  readonly own?: (call: Call, target: Target) => boolean;
  readonly audit?: AuditShape<Input, Output>;
}

export interface ReadOperation<Input, Output, Target = undefined, Prepared = undefined>
  extends Common<Input, Output, Target, Prepared> {
  readonly kind: "read";
  readonly run: (
    store: Reader,
    call: Call,
    input: Input,
    target: Target,
    prepared: Prepared,
  ) => Promise<Result<Output>>;
}

export interface WriteOperation<Input, Output, Target = undefined, Prepared = undefined>
  extends Common<Input, Output, Target, Prepared> {
  readonly kind: "write";
  /** Changes what authentication or a decision reads: the account's revision rises in the same transaction. */
  readonly bumpsRevision?: true;
  /** Whom it is told to that the call has changed something, beside its event. */
  readonly tells?: (input: Input, target: Target) => Told | undefined;
  readonly run: (
    store: Transaction,
    call: Call,
    input: Input,
    target: Target,
    prepared: Prepared,
  ) => Promise<Result<Output>>;
}

export type Operation<Input, Output, Target = undefined, Prepared = undefined> =
  | ReadOperation<Input, Output, Target, Prepared>
  | WriteOperation<Input, Output, Target, Prepared>;

// One table holds operations of every shape; each was checked where it was written.
// biome-ignore lint/suspicious/noExplicitAny: the table's rows have nothing in common but this form
export type AnyOperation = Operation<any, any, any, any>;

export const noTarget = async (): Promise<undefined> => undefined;
export const anyResource = (): readonly string[] => ["*"];
