import { table } from "#base/table.ts";
import { ServiceError } from "./service-error.ts";

interface ErrorRow {
  readonly status: number;
  /** The modelled exception's name, which CloudTrail shows; absent for the common errors of every service. */
  readonly exceptionName?: string;
}

const modelled = (status: number, exceptionName: string): ErrorRow => ({ status, exceptionName });
const common = (status: number): ErrorRow => ({ status });

/** Every error code that this server answers with, by its name on the query protocol (contract 1.3, 2.1, 4.5, appendix A). */
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
  MalformedPolicyDocument: modelled(400, "MalformedPolicyDocumentException"),
  NoSuchEntity: modelled(404, "NoSuchEntityException"),
  PasswordPolicyViolation: modelled(400, "PasswordPolicyViolationException"),
  PolicyEvaluation: modelled(500, "PolicyEvaluationException"),
  PolicyNotAttachable: modelled(400, "PolicyNotAttachableException"),
  UnmodifiableEntity: modelled(400, "UnmodifiableEntityException"),
  // modelled by STS, which also has MalformedPolicyDocument; its ExpiredTokenException is of a token given as a parameter
  ExpiredTokenException: modelled(400, "ExpiredTokenException"),
  InvalidAuthorizationMessageException: modelled(400, "InvalidAuthorizationMessageException"),
  PackedPolicyTooLarge: modelled(400, "PackedPolicyTooLargeException"),
  RegionDisabledException: modelled(403, "RegionDisabledException"),
  // of the JSON protocol alone (contract 4.3)
  SerializationException: common(400),
  UnknownOperationException: common(400),
  // our own: of the console and of sign-in
  ChangedMeanwhile: common(409),
  CrossSiteRequest: common(403),
  InvalidCode: common(403),
  NotSignedIn: common(401),
  PasswordRefused: common(400),
  SetUpLinkInvalid: common(403),
  SignInExpired: common(403),
  SignInFailed: common(403),
  StepUpRequired: common(403),
  // common to every service
  AccessDenied: common(403),
  ExpiredToken: common(403),
  IncompleteSignature: common(403),
  InternalFailure: common(500),
  InvalidAction: common(400),
  InvalidClientTokenId: common(403),
  InvalidParameterValue: common(400),
  MalformedInput: common(400),
  MissingAction: common(400),
  MissingAuthenticationToken: common(403),
  RequestEntityTooLarge: common(413),
  ServiceUnavailable: common(503),
  SignatureDoesNotMatch: common(403),
  Throttling: common(400),
  UnsupportedOperation: common(400),
  ValidationError: common(400),
});

export type ErrorCode = keyof typeof ERRORS;

/** The service error of `code` with AWS's sentence for the case at hand. */
export function serviceError(
  code: ErrorCode,
  message: string,
  cause?: unknown,
  headers?: ServiceError["headers"],
): ServiceError {
  const { status, exceptionName } = ERRORS[code];
  return new ServiceError(code, status, message, {
    ...(exceptionName === undefined ? {} : { exceptionName }),
    ...(headers === undefined ? {} : { headers }),
    ...(cause === undefined ? {} : { cause }),
  });
}
