/** What a caller is told when a call is refused: AWS's code, status and sentence. The `cause` is for the log alone. */
export class ServiceError extends Error {
  /** The code on the wire, e.g. `NoSuchEntity`. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  /** CloudTrail's errorCode: the modelled exception's name where there is one, e.g. `NoSuchEntityException` (contract 5.3). */
  readonly exceptionName: string;
  /** Headers of our own that the answer carries beside AWS's. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: string,
    status: number,
    message: string,
    options: { exceptionName?: string; cause?: unknown; headers?: ServiceError["headers"] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ServiceError";
    this.code = code;
    this.status = status;
    this.exceptionName = options.exceptionName ?? code;
    this.headers = options.headers ?? {};
  }
}
