import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { malformedInput } from "./malformed.ts";

const MOST_PARAMETERS = 10_000;

/**
 * Names and values of `application/x-www-form-urlencoded` text, strictly decoded, in order: `+` is a space, a name without `=`
 * has the empty value, a name that comes twice is an error.
 */
export function parseForm(text: string): Outcome<ReadonlyMap<string, string>, ServiceError> {
  const params = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf("&", at);
    const end = next < 0 ? text.length : next;
    if (end > at) {
      const refusal = addPair(params, text.slice(at, end));
      if (refusal !== undefined) return refuse(refusal);
    }
    at = end + 1;
  }
  return accept(params);
}

function addPair(params: Map<string, string>, pair: string): ServiceError | undefined {
  const equals = pair.indexOf("=");
  const name = decode(equals < 0 ? pair : pair.slice(0, equals));
  const value = equals < 0 ? "" : decode(pair.slice(equals + 1));
  if (name === undefined || value === undefined) return malformedInput("encoding");
  if (name.includes("\0") || value.includes("\0")) {
    return serviceError("ValidationError", "A parameter holds the NUL character.");
  }
  if (params.has(name)) return malformedInput("repeated");
  if (params.size === MOST_PARAMETERS) return malformedInput("tooMany");
  params.set(name, value);
  return undefined;
}

/** Undefined for a stray `%`, and for escapes that are not UTF-8 (overlong forms and surrogates included). */
function decode(text: string): string | undefined {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return undefined;
  }
}
