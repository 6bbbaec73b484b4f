import { table } from "#base/table.ts";
import { ServiceError } from "./service-error.ts";

interface ErrorRow {
  readonly status: number;
  /** The modelled exception's name, which CloudTrail shows; absent for the common errors of every service. */
  readonly exceptionName?: string;
}

const modelled = (status: number, exceptionName: string): ErrorRow => ({ status, exceptionName });

/** Every error code that this server answers with on the query protocol (contract 1.3, 2.1, 4.5, appendix A). */
const ERRORS = table({
  // modelled by IAM
  ConcurrentModification: modelled(409, "ConcurrentModificationException"),
  DeleteConflict: modelled(409, "DeleteConflictException"),
  EntityAlreadyExists: modelled(409, "EntityAlreadyExistsException"),
  EntityTemporarilyUnmodifiable: modelled(409, "EntityTemporarilyUnmodifiableException"),
  InvalidAuthenticationCode: modelled(403, "InvalidAuthenticationCodeException"),
  InvalidInput: modelled(400, "InvalidInputException"),
  InvalidUserType: modelled(400, "InvalidUserTypeException"),
  LimitExceeded: modelled(409, "LimitExceededException"),
  NoSuchEntity: modelled(404, "NoSuchEntityException"),
  PasswordPolicyViolation: modelled(400, "PasswordPolicyViolationException"),
  PolicyNotAttachable: modelled(400, "PolicyNotAttachableException"),
  // common to every service
  AccessDenied: { status: 403 },
  ExpiredToken: { status: 403 },
  IncompleteSignature: { status: 403 },
  InternalFailure: { status: 500 },
  InvalidAction: { status: 400 },
  InvalidClientTokenId: { status: 403 },
  MalformedInput: { status: 400 },
  MissingAction: { status: 400 },
  MissingAuthenticationToken: { status: 403 },
  RequestEntityTooLarge: { status: 413 },
  ServiceUnavailable: { status: 503 },
  SignatureDoesNotMatch: { status: 403 },
  Throttling: { status: 400 },
  UnsupportedOperation: { status: 400 },
  ValidationError: { status: 400 },
});

export type ErrorCode = keyof typeof ERRORS;

/** The service error of `code` with AWS's sentence for the case at hand. */
export function serviceError(code: ErrorCode, message: string, cause?: unknown): ServiceError {
  const { status, exceptionName } = ERRORS[code];
  return new ServiceError(code, status, message, {
    ...(exceptionName === undefined ? {} : { exceptionName }),
    ...(cause === undefined ? {} : { cause }),
  });
}
