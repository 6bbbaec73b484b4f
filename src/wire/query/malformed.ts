import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";

/** Of many of these AWS's code is recorded and no sentence (contract 4.2). Of outside input indices alone are repeated. */
const SENTENCES = {
  contentType:
    "The request must be a GET, or a POST whose body is application/x-www-form-urlencoded in UTF-8.",
  encoding: "The request holds a parameter that is not percent-encoded UTF-8.",
  repeated: "The request holds a parameter more than once.",
  tooMany: "The request holds too many parameters.",
  structure: "Start of structure or map found where not expected.",
  list: "Start of list found where not expected",
  indexTwice: "Two index elements may not occur back to back",
  indexZero: "0 is not a valid index",
  scalar: "A simple value was found where a structure, list or map was expected.",
  index: "The request holds a list or map index that is not valid.",
  mapEntry: "The request holds a map entry that is not complete.",
  boolean: "A boolean must be one of true, false, 1 and 0.",
  integer: "An integer must be decimal digits and fit in 32 bits.",
  timestamp: "A timestamp must follow ISO 8601.",
  blob: "A blob must be base64.",
} as const;

export type Malformed = keyof typeof SENTENCES | { readonly sentence: string };

export const negativeIndex = (index: string): Malformed => ({
  sentence: `Key ${index} may not have a leading '-'`,
});

/** An index `skipped` positions behind the last. */
export const sparse = (skipped: number): Malformed => ({
  sentence: `Excessively sparse input would skip ${skipped} list elements`,
});

/** The answer to a request that cannot be read at all. */
export const malformedInput = (why: Malformed): ServiceError =>
  serviceError("MalformedInput", typeof why === "string" ? SENTENCES[why] : why.sentence);
