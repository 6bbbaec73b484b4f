import type { IAMClient } from "@aws-sdk/client-iam";
import { ApiError } from "../../../src/client/error.ts";
import { failureOf } from "./failure.ts";
import { iam } from "./iam.ts";

/** A thing as it was when somebody began to change it. */
export interface Opened<T> {
  readonly value: T;
  /** The account's revision that `value` was read at or after. */
  readonly revision: string;
}

/** Rejected with where the thing is not any more as it was opened: nothing was saved. */
export class ChangedMeanwhile<T> extends ApiError {
  /** The thing as it is now. */
  readonly now: Opened<T>;

  constructor(now: Opened<T>, requestId: string | undefined) {
    super("ChangedMeanwhile", "It was changed since you opened it. Nothing was saved.", 409, requestId);
    this.now = now;
  }
}

/** What reads and changes send with, in place of `iam`. */
export type Through = Pick<IAMClient, "send">;

/** Reads what a form is about to change. `read` sends at least one call, and all of them through what it is given. */
export async function open<T>(read: (through: Through) => Promise<T>): Promise<Opened<T>> {
  const seen: string[] = [];
  const value = await read(through(undefined, (revision) => seen.push(revision)));
  // of several calls the first: whatever came after it is noticed
  return { value, revision: seen[0] ?? "" };
}

/**
 * Saves what was made of `opened`, unless the thing was changed by somebody else meanwhile; `save` sends one change, through what
 * it is given. The server refuses when anything in the account has changed: then the thing itself is looked at, and if it is as
 * it was, the change is sent again.
 */
export async function saveUnchanged<T>(
  opened: Opened<T>,
  read: (through: Through) => Promise<T>,
  save: (through: Through) => Promise<unknown>,
): Promise<void> {
  let { revision } = opened;
  for (;;) {
    try {
      await save(through(revision));
      return;
    } catch (error) {
      const { code, requestId } = failureOf(error);
      if (code !== "ChangedMeanwhile") throw error;
      const now = await open(read);
      if (JSON.stringify(now.value) !== JSON.stringify(opened.value))
        throw new ChangedMeanwhile(now, requestId);
      revision = now.revision;
    }
  }
}

interface Http {
  readonly request: { readonly headers: Record<string, string> };
}
interface Answered {
  readonly response: { readonly headers: Readonly<Record<string, string>> };
}

/** The client, whose calls say what revision they go by, and whose answers' revisions are told. */
function through(since: string | undefined, told: (revision: string) => void = () => {}): Through {
  const send = (command: { readonly middlewareStack: { add: (...args: never[]) => void } }) => {
    const middleware = (next: (args: Http) => Promise<Answered>) => async (args: Http) => {
      if (since !== undefined) args.request.headers["x-countersign-unchanged-since"] = since;
      const answered = await next(args);
      told(answered.response.headers["x-countersign-revision"] ?? "");
      return answered;
    };
    // each command's stack has types of its own input and output, which this step does not look at
    command.middlewareStack.add(middleware as never, { step: "deserialize", priority: "low" } as never);
    return iam.send(command as never);
  };
  return { send: send as Through["send"] };
}
