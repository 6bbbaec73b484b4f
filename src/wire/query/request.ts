import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { headerValues, type RawRequest } from "../raw.ts";
import { parseForm } from "./form.ts";
import { malformedInput } from "./malformed.ts";

/** A request of the Query protocol, decoded but not yet routed. */
export interface QueryRequest {
  readonly action: string | undefined;
  readonly version: string | undefined;
  /** All other parameters, in the order sent. Those of a presigned URL's signature are not among them. */
  readonly params: ReadonlyMap<string, string>;
}

/** The parameters of a GET's query string or a POST's form, each at most once (contract 4.2, 11; DESIGN 4). */
export function readQueryRequest(raw: RawRequest): Outcome<QueryRequest, ServiceError> {
  const text = bodyText(raw);
  if (!text.ok) return text;
  const query = parseForm(queryOf(raw.target));
  if (!query.ok) return query;
  const body = parseForm(text.value);
  if (!body.ok) return body;
  return merge(query.value, body.value);
}

function queryOf(target: string): string {
  const at = target.indexOf("?");
  return at < 0 ? "" : target.slice(at + 1);
}

/**
 * What AWS answers to another content type is not recorded: a body that would be signed and then not read is refused here. An
 * empty body may be of any type.
 */
function bodyText(raw: RawRequest): Outcome<string, ServiceError> {
  if (raw.method !== "POST" && raw.method !== "GET") return refuse(malformedInput("contentType"));
  if (raw.body.length === 0) return accept("");
  if (raw.method === "GET" || !isForm(headerValues(raw, "content-type")))
    return refuse(malformedInput("contentType"));
  try {
    return accept(utf8.decode(raw.body));
  } catch {
    return refuse(malformedInput("encoding"));
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const FORM = /^application\/x-www-form-urlencoded[ \t]*(?:;[ \t]*charset=(?:utf-8|"utf-8")[ \t]*)?;?$/i;

const isForm = (types: readonly string[]): boolean => types.length === 1 && FORM.test(types[0]?.trim() ?? "");

function merge(
  query: ReadonlyMap<string, string>,
  body: ReadonlyMap<string, string>,
): Outcome<QueryRequest, ServiceError> {
  const params = new Map(body);
  for (const [name, value] of query) {
    if (body.has(name)) {
      return refuse(
        serviceError("ValidationError", "A parameter stands in both the query string and the body."),
      );
    }
    // the signature of a presigned URL is no input
    if (!name.toLowerCase().startsWith("x-amz-")) params.set(name, value);
  }
  const action = params.get("Action");
  const version = params.get("Version");
  params.delete("Action");
  params.delete("Version");
  return accept({ action, version, params });
}
