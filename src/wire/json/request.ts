import { accept, type Outcome, refuse } from "#base/outcome.ts";
import type { ServiceError } from "#model/service-error.ts";
import { headerValues, type RawRequest } from "../raw.ts";
import { malformedJson } from "./malformed.ts";

/** A request of the JSON protocol, not yet routed, its body not yet read. */
export interface JsonRequest {
  /** Of `X-Amz-Target`, as sent. */
  readonly target: string;
  readonly contentType: string;
}

/** Whether a request speaks JSON, whatever else is wrong with it. */
export const speaksJson = (raw: RawRequest): boolean =>
  headerValues(raw, "x-amz-target").length > 0 || jsonType(raw) !== undefined;

const TYPE = /^(application\/x-amz-json-1\.[01])[ \t]*(?:;[ \t]*charset=(?:utf-8|"utf-8")[ \t]*)?$/i;

/** The content type of a request's JSON; undefined where it has another, or several. */
function jsonType(raw: RawRequest): string | undefined {
  const types = headerValues(raw, "content-type");
  return types.length === 1 ? TYPE.exec(types[0]?.trim() ?? "")?.[1]?.toLowerCase() : undefined;
}

/** The type that an answer has where no service says it: that of the request. */
export const answerType = (raw: RawRequest): string => jsonType(raw) ?? "application/x-amz-json-1.1";

/** The parameters of a presigned URL's signature are no input; any others would be signed and not read (DESIGN 4). */
const FOREIGN_PARAMETER = /[?&](?!x-amz-)[^&]/i;

export function readJsonRequest(raw: RawRequest): Outcome<JsonRequest, ServiceError> {
  const targets = headerValues(raw, "x-amz-target");
  const contentType = jsonType(raw);
  const [target] = targets;
  if (raw.method !== "POST" || contentType === undefined || target === undefined || targets.length > 1) {
    return refuse(malformedJson("contentType"));
  }
  if (FOREIGN_PARAMETER.test(raw.target)) return refuse(malformedJson("queryString"));
  return accept({ target: target.trim(), contentType });
}
