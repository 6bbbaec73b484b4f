import { ApiError } from "../../../src/client/error.ts";

/** What went wrong, whichever client it came through. */
export interface Failure {
  /** The server's code; `Unreachable` and `UnexpectedAnswer` where no code came. */
  readonly code: string;
  /** The server's own sentence. */
  readonly message: string;
  readonly requestId: string | undefined;
}

/** Somebody has closed the dialog that an act was waiting for: nothing to tell. */
export class Cancelled extends Error {}

export function failureOf(error: unknown): Failure {
  if (error instanceof ApiError) {
    return { code: plainCode(error.code), message: error.message, requestId: error.requestId };
  }
  // what `fetch` rejects with, and what the SDK passes on
  if (error instanceof TypeError) return { code: "Unreachable", message: "", requestId: undefined };
  if (isServiceException(error)) {
    return { code: plainCode(error.name), message: error.message, requestId: error.$metadata.requestId };
  }
  return { code: "UnexpectedAnswer", message: String(error), requestId: undefined };
}

interface ServiceException extends Error {
  readonly $metadata: { readonly requestId?: string };
}

/** The SDK's own class is not asked, so that pages without the SDK do not load it. */
const isServiceException = (error: unknown): error is ServiceException =>
  error instanceof Error && "$metadata" in error;

/** The SDK's classes add a word to the code on the wire, and JSON services to the common codes. */
const plainCode = (code: string): string => code.replace(/Exception$/, "");
