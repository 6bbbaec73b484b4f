import { NormalizedSchema } from "@smithy/core/schema";
import type { ServiceError } from "#model/service-error.ts";
import type { OperationModel } from "#model/services.ts";
import { encodeSuccess as encodeOutput } from "../json/encode.ts";
import { headerValues, type RawRequest } from "../raw.ts";
import { errorType, LONGEST_SENTENCE } from "./encode.ts";

// STS answers a Query request in JSON where that alone is accepted: whoever checks the presigned GetCallerIdentity of a
// Kubernetes token asks so, and reads nothing else (seen on AWS: names and envelope; times are epoch seconds).

/** Whether the caller asks for JSON and takes nothing beside it. */
export function wantsJson(raw: RawRequest): boolean {
  const accepted = headerValues(raw, "accept");
  return accepted.length === 1 && accepted[0]?.trim().toLowerCase() === "application/json";
}

/** The response of `operation` as JSON, in the envelope's own names. */
export function encodeSuccessAsJson(operation: OperationModel, output: object, requestId: string): string {
  const { name, schema } = operation;
  const hasOutput = !NormalizedSchema.of(schema[5]).isUnitSchema();
  const result = hasOutput ? `"${name}Result":${encodeOutput(operation, output)},` : "";
  const metadata = JSON.stringify({ RequestId: requestId });
  return harmless(`{"${name}Response":{${result}"ResponseMetadata":${metadata}}}`);
}

/** The refusal as JSON. */
export const encodeErrorAsJson = (error: ServiceError, requestId: string): string =>
  harmless(
    JSON.stringify({
      Error: {
        Code: error.code,
        Message: error.message.slice(0, LONGEST_SENTENCE),
        Type: errorType(error),
      },
      RequestId: requestId,
    }),
  );

/** Whoever takes any answer for XML finds no element in it that a caller has put there. Only strings hold these signs. */
const harmless = (json: string): string => json.replaceAll("<", "\\u003c").replaceAll(">", "\\u003e");
