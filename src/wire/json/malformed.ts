import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";

/** The words of AWS's JSON services where one is known (from memory); outside input is not repeated. */
const SENTENCES = {
  contentType: "The request must be a POST with one X-Amz-Target and the content type of the service's JSON.",
  queryString: "A JSON request takes no parameters in its query string.",
  encoding: "The request body is not UTF-8.",
  json: "The request body is not a JSON object.",
  duplicate: "The request body names a member more than once.",
  deep: "The request body is nested too deeply.",
  string: "A value cannot be converted to String",
  boolean: "A value cannot be converted to Boolean",
  number: "A value cannot be converted to Number",
  timestamp: "A value cannot be converted to Timestamp",
  blob: "A value cannot be converted to Blob",
  structure: "Start of structure or map expected.",
  list: "Expected list or null",
  map: "Expected map or null",
  nul: "A member holds the NUL character.",
} as const;

export type Malformed = keyof typeof SENTENCES;

/** The answer to a request that cannot be read at all. */
export const malformedJson = (why: Malformed): ServiceError =>
  // contract 11
  serviceError(why === "nul" ? "ValidationError" : "SerializationException", SENTENCES[why]);
