/** A call that the server refused, or an answer that is none of the server's. */
export class ApiError extends Error {
  /** The code on the wire, e.g. `StepUpRequired`; `UnexpectedAnswer` where something else than the server answered. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  /** What to tell whoever reads the server's log. */
  readonly requestId: string | undefined;

  constructor(code: string, message: string, status: number, requestId: string | undefined) {
    super(message);
    this.name = "ApiError";
    this.code = code;
    this.status = status;
    this.requestId = requestId;
  }
}
