import { accept, type Outcome, refuse } from "#base/outcome.ts";
import type { ServiceError } from "#model/service-error.ts";
import { decodeParameter, type Parameter } from "./canonical.ts";
import type { Headers } from "./headers.ts";
import { headerLacks, missingToken, notAPair, queryLacks, repeated, twoForms } from "./refusals.ts";

/** A signature as a request presents it, in either form: complete, nothing in it believed yet. */
export interface Presented {
  readonly algorithm: string;
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly date: string;
  /** The header that `date` came from. Undefined for a presigned request: there the query holds it and is signed. */
  readonly dateHeader: "X-Amz-Date" | "Date" | undefined;
  /** Undefined in header form, and for a presigned request that names no lifetime. */
  readonly expires: string | undefined;
  readonly sessionToken: string | undefined;
  /** A presigned request may carry it in its query instead of a header. */
  readonly payloadHash: string | undefined;
  /** What the canonical query is made of. */
  readonly parameters: readonly Parameter[];
}

/** Headers that are acted on here; a second one would leave open which of them was. */
const SINGLE = [
  "Authorization",
  "Host",
  "X-Amz-Date",
  "Date",
  "X-Amz-Security-Token",
  "X-Amz-Content-Sha256",
  "X-Amz-Target",
];

export function readPresented(
  headers: Headers,
  parameters: readonly Parameter[],
): Outcome<Presented, ServiceError> {
  const authorization = headers.values.get("authorization") ?? "";
  const inQuery = parameters.some(({ name }) => name === "X-Amz-Algorithm");
  if (authorization === "" && !inQuery) return refuse(missingToken());
  if (authorization !== "" && inQuery) return refuse(twoForms());
  const twice =
    headers.repeated.size === 0 ? undefined : SINGLE.find((name) => headers.repeated.has(name.toLowerCase()));
  if (twice !== undefined) return refuse(repeated("header", twice));
  return inQuery ? readQuery(headers, parameters) : readAuthorization(headers, authorization, parameters);
}

const HEADER_PARTS = ["Credential", "Signature", "SignedHeaders"] as const;

type HeaderParts = Record<(typeof HEADER_PARTS)[number], string | undefined>;

function readAuthorization(
  headers: Headers,
  authorization: string,
  parameters: readonly Parameter[],
): Outcome<Presented, ServiceError> {
  // AWS splits at blanks as well as at commas, so a blank inside a credential leaves a piece that is no pair
  const pieces = authorization.replaceAll(",", " ").split(" ");
  const read = readHeaderParts(pieces, authorization);
  if (!read.ok) return read;
  const amzDate = headers.values.get("x-amz-date");
  const date = amzDate ?? headers.values.get("date");
  const lacking = HEADER_PARTS.filter((part) => isLacking(part, read.value[part]));
  if (lacking.length > 0 || date === undefined) {
    return refuse(headerLacks(lacking, date === undefined, authorization));
  }
  return accept({
    algorithm: pieces[0] ?? "",
    credential: read.value.Credential ?? "",
    signedHeaders: read.value.SignedHeaders ?? "",
    signature: read.value.Signature ?? "",
    date,
    dateHeader: amzDate === undefined ? "Date" : "X-Amz-Date",
    expires: undefined,
    sessionToken: headers.values.get("x-amz-security-token"),
    payloadHash: undefined,
    parameters,
  });
}

/** What follows the algorithm. Parts of other names say nothing. */
function readHeaderParts(
  pieces: readonly string[],
  authorization: string,
): Outcome<HeaderParts, ServiceError> {
  const parts: HeaderParts = { Credential: undefined, Signature: undefined, SignedHeaders: undefined };
  for (const piece of pieces.slice(1)) {
    const mark = piece.indexOf("=");
    if (piece !== "" && mark < 0) return refuse(notAPair(authorization));
    const part = HEADER_PARTS.find((name) => name.length === mark && piece.startsWith(name));
    if (part === undefined) continue;
    if (parts[part] !== undefined) return refuse(repeated("Authorization parameter", part));
    parts[part] = piece.slice(mark + 1);
  }
  return accept(parts);
}

const QUERY_PARTS = [
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Signature",
  "X-Amz-SignedHeaders",
  "X-Amz-Date",
] as const;

function readQuery(headers: Headers, parameters: readonly Parameter[]): Outcome<Presented, ServiceError> {
  const read = readAmzParameters(parameters);
  if (!read.ok) return read;
  const value = (name: string): string | undefined => {
    const found = read.value.get(name.toLowerCase());
    return found?.name === name ? found.value : undefined;
  };
  const lacking = QUERY_PARTS.filter((name) => isLacking(name, value(name)));
  if (lacking.length > 0) return refuse(queryLacks(lacking));
  const tokenHeader = headers.values.get("x-amz-security-token");
  const tokenParameter = value("X-Amz-Security-Token");
  if (tokenHeader !== undefined && tokenParameter !== undefined) {
    return refuse(repeated("session token", "X-Amz-Security-Token"));
  }
  return accept({
    algorithm: value("X-Amz-Algorithm") ?? "",
    credential: value("X-Amz-Credential") ?? "",
    signedHeaders: value("X-Amz-SignedHeaders") ?? "",
    signature: value("X-Amz-Signature") ?? "",
    date: value("X-Amz-Date") ?? "",
    dateHeader: undefined,
    expires: value("X-Amz-Expires"),
    sessionToken: tokenParameter ?? tokenHeader,
    // in any letter case: signers move headers here under the name they had
    payloadHash: read.value.get("x-amz-content-sha256")?.value,
    parameters: parameters.filter(({ name }) => name !== "X-Amz-Signature"),
  });
}

/** Decoded, by lower-case name: two that differ in letter case alone are two of one name. */
function readAmzParameters(parameters: readonly Parameter[]): Outcome<Map<string, Parameter>, ServiceError> {
  const found = new Map<string, Parameter>();
  for (const { name, value } of parameters) {
    const key = name.toLowerCase();
    if (!key.startsWith("x-amz-")) continue;
    if (found.has(key)) return refuse(repeated("query-string parameter", name));
    found.set(key, { name, value: decodeParameter(value) });
  }
  return accept(found);
}

/** An empty SignedHeaders is there: it only lacks Host, and is told so later (seen on AWS). */
function isLacking(name: string, value: string | undefined): boolean {
  return value === undefined || (value === "" && !name.endsWith("SignedHeaders"));
}
