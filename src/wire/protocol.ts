import { httpDate } from "#base/clock.ts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import type { ServiceError } from "#model/service-error.ts";
import {
  type JsonServiceRow,
  type OperationModel,
  QUERY_SERVICES,
  type QueryServiceRow,
  type ServiceRow,
} from "#model/services.ts";
import { decodeInput as decodeJson } from "./json/decode.ts";
import { encodeSuccess as encodeJson, encodeError as encodeJsonError } from "./json/encode.ts";
import { jsonError } from "./json/errors.ts";
import { answerType, readJsonRequest, speaksJson } from "./json/request.ts";
import { routeJson } from "./json/route.ts";
import { decodeInput as decodeQuery } from "./query/decode.ts";
import { encodeSuccess as encodeQuery, encodeError as encodeQueryError } from "./query/encode.ts";
import { encodeErrorAsJson, encodeSuccessAsJson, wantsJson } from "./query/encode-json.ts";
import { readQueryRequest } from "./query/request.ts";
import { routeQuery } from "./query/route.ts";
import type { RawRequest, RawResponse } from "./raw.ts";

/** How an answer is told: in which protocol, and in the name of which service. */
export type Voice =
  | { readonly protocol: "query"; readonly service: QueryServiceRow; readonly asJson: boolean }
  | { readonly protocol: "json"; readonly contentType: string };

/** A request that is read as far as its operation. */
export interface Routed<Service = ServiceRow> {
  readonly service: Service;
  readonly operation: OperationModel;
  readonly voice: Voice;
  readonly decodeInput: () => Outcome<object, ServiceError>;
}

export interface Misrouted {
  readonly error: ServiceError;
  readonly voice: Voice;
}

/** Which operation a request calls, of the Query services or of `services`. Nothing is proven by then. */
export const routeRequest = <Service extends JsonServiceRow>(
  raw: RawRequest,
  services: readonly Service[],
): Promise<Outcome<Routed<QueryServiceRow | Service>, Misrouted>> =>
  speaksJson(raw) ? routeJsonRequest(raw, services) : routeQueryRequest(raw);

async function routeJsonRequest<Service extends JsonServiceRow>(
  raw: RawRequest,
  services: readonly Service[],
): Promise<Outcome<Routed<Service>, Misrouted>> {
  const request = readJsonRequest(raw);
  const route = request.ok ? await routeJson(request.value, services) : request;
  if (!route.ok) return refuse({ error: route.error, voice: voiceOf(raw) });
  const { service, operation } = route.value;
  const voice: Voice = { protocol: "json", contentType: service.contentType };
  return accept({ service, operation, voice, decodeInput: () => decodeJson(operation, raw.body) });
}

async function routeQueryRequest(raw: RawRequest): Promise<Outcome<Routed<QueryServiceRow>, Misrouted>> {
  const request = readQueryRequest(raw);
  if (!request.ok) return refuse({ error: request.error, voice: voiceOf(raw) });
  const route = await routeQuery(request.value, undefined);
  if (!route.ok) {
    const { error, service } = route.error;
    return refuse({ error, voice: { protocol: "query", service, asJson: wantsJson(raw) } });
  }
  const { service, operation } = route.value;
  const { params } = request.value;
  const voice: Voice = { protocol: "query", service, asJson: wantsJson(raw) };
  return accept({ service, operation, voice, decodeInput: () => decodeQuery(operation, params) });
}

/** How a request is answered whose service is not known yet. */
export const voiceOf = (raw: RawRequest): Voice =>
  speaksJson(raw)
    ? { protocol: "json", contentType: answerType(raw) }
    : { protocol: "query", service: QUERY_SERVICES.iam, asJson: wantsJson(raw) };

export interface Told {
  readonly operation: OperationModel;
  readonly output: object;
  /** Of our own, beside AWS's. */
  readonly headers?: ServiceError["headers"] | undefined;
}

/** The answer of a call, in the protocol it came in. */
export function render(
  voice: Voice,
  result: Outcome<Told, ServiceError>,
  { requestId, now }: { readonly requestId: string; readonly now: number },
): RawResponse {
  const { status, contentType, headers, body } =
    voice.protocol === "json"
      ? renderJson(voice.contentType, result)
      : voice.asJson
        ? renderQueryAsJson(result, requestId)
        : renderQuery(voice.service, result, requestId);
  return {
    status,
    headers: {
      "content-type": contentType,
      "x-amzn-requestid": requestId,
      date: httpDate(now),
      ...(result.ok ? result.value.headers : result.error.headers),
      ...headers,
    },
    body,
  };
}

interface Rendered {
  readonly status: number;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

function renderJson(contentType: string, result: Outcome<Told, ServiceError>): Rendered {
  if (result.ok) {
    const { operation, output } = result.value;
    return { status: 200, contentType, body: encodeJson(operation, output) };
  }
  const { code, status } = jsonError(result.error);
  const body = encodeJsonError(code, result.error);
  return { status, contentType, headers: { "x-amzn-errortype": code }, body };
}

function renderQuery(
  service: QueryServiceRow,
  result: Outcome<Told, ServiceError>,
  requestId: string,
): Rendered {
  const contentType = "text/xml";
  if (!result.ok) {
    return {
      status: result.error.status,
      contentType,
      body: encodeQueryError(service, result.error, requestId),
    };
  }
  const { operation, output } = result.value;
  return { status: 200, contentType, body: encodeQuery(service, operation, output, requestId) };
}

function renderQueryAsJson(result: Outcome<Told, ServiceError>, requestId: string): Rendered {
  const contentType = "application/json";
  if (!result.ok) {
    return { status: result.error.status, contentType, body: encodeErrorAsJson(result.error, requestId) };
  }
  const { operation, output } = result.value;
  return { status: 200, contentType, body: encodeSuccessAsJson(operation, output, requestId) };
}
