import { lookUp, type Table, table } from "#base/table.ts";
import type { ServiceError } from "#model/service-error.ts";

/** What the common errors are called on JSON services; all of these are 400 there (contract 4.3, 4.5, 11). */
const NAMES: Table<string> = table<string, string>({
  AccessDenied: "AccessDeniedException",
  ExpiredToken: "ExpiredTokenException",
  IncompleteSignature: "IncompleteSignatureException",
  InvalidClientTokenId: "UnrecognizedClientException",
  MissingAuthenticationToken: "MissingAuthenticationTokenException",
  SignatureDoesNotMatch: "InvalidSignatureException",
  Throttling: "ThrottlingException",
  UnsupportedOperation: "UnsupportedOperationException",
  ValidationError: "ValidationException",
});

/** A refusal's code and status on a JSON service: modelled errors and our own keep theirs. */
export function jsonError({ code, status }: ServiceError): {
  readonly code: string;
  readonly status: number;
} {
  const name = lookUp(NAMES, code);
  return name === undefined ? { code, status } : { code: name, status: 400 };
}
