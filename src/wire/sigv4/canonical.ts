import { hash } from "node:crypto";
import type { Headers } from "./headers.ts";

// "Create a canonical request" of the AWS Signature Version 4 specification, as IAM, STS and SNS read it (contract 4.5):
// the path is normalised, then encoded once more than it was sent. Works on bytes held as latin1 characters throughout.

/** A query parameter in canonical encoding. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

export interface CanonicalParts {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly headers: Headers;
  /** Lower case and sorted. */
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
}

/** The bytes that were signed, or undefined where a signed header is absent. */
export function canonicalRequest(parts: CanonicalParts): string | undefined {
  const headers = canonicalHeaders(parts.headers, parts.signedHeaders);
  if (headers === undefined) return undefined;
  const query = canonicalQuery(parts.parameters);
  const names = parts.signedHeaders.join(";");
  return `${parts.method}\n${canonicalPath(parts.path)}\n${query}\n${headers}\n${names}\n${parts.payloadHash}`;
}

/** SHA-256 over the text's bytes, or undefined where a character is none: no socket brings such a string. */
export function hashBytes(text: string): string | undefined {
  if (Buffer.byteLength(text, "utf8") === text.length) return hash("sha256", text);
  return BYTES.test(text) ? hash("sha256", Buffer.from(text, "latin1")) : undefined;
}

/** Path and query of a request target, split at the first `?`. Any other form than `/…` is a path that nobody signed. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf("?");
  return mark < 0
    ? { path: target, query: "" }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** Decoded as the query protocol decodes (`+` is a space, a `%` without two hex digits is itself), then encoded. */
export function queryParameters(query: string): readonly Parameter[] {
  if (query === "") return [];
  const parameters: Parameter[] = [];
  for (const piece of query.split("&")) {
    if (piece === "") continue;
    const mark = piece.indexOf("=");
    const name = mark < 0 ? piece : piece.slice(0, mark);
    parameters.push({ name: recode(name), value: mark < 0 ? "" : recode(piece.slice(mark + 1)) });
  }
  return parameters;
}

/** The bytes behind canonical encoding, as latin1 characters. */
export function decodeParameter(value: string): string {
  return value.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Sorted by encoded name, then by encoded value: both are ASCII, so comparing strings compares bytes. */
function canonicalQuery(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return "";
  return parameters
    .toSorted((a, b) => compare(a.name, b.name) || compare(a.value, b.value))
    .map(({ name, value }) => `${name}=${value}`)
    .join("&");
}

/** Empty and `.` segments vanish, `..` takes the one before it along; only a final slash that was sent stays. */
function canonicalPath(path: string): string {
  if (path === "/" || path === "") return "/";
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  const start = path.startsWith("/") ? "/" : "";
  const end = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return start + segments.join("/").replace(/[^A-Za-z0-9\-._~/]/g, encodeByte) + end;
}

function canonicalHeaders(headers: Headers, names: readonly string[]): string | undefined {
  let lines = "";
  for (const name of names) {
    const value = headers.values.get(name);
    if (value === undefined) return undefined;
    lines += `${name}:${value}\n`;
  }
  return lines;
}

const BYTES = /^[\0-\xff]*$/;
const PLAIN = /^[A-Za-z0-9\-._~]*$/;
const ENCODED: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return PLAIN.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
});

function encodeByte(character: string): string {
  return ENCODED[character.charCodeAt(0)] ?? character;
}

function recode(text: string): string {
  return PLAIN.test(text) ? text : text.replace(/%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~]/g, recodePiece);
}

function recodePiece(piece: string): string {
  if (piece === "+") return "%20";
  return piece.length === 3
    ? encodeByte(String.fromCharCode(Number.parseInt(piece.slice(1), 16)))
    : encodeByte(piece);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
