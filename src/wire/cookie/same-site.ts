import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { headerValues, type RawRequest } from "../raw.ts";

/** Where people reach the server: the one setting that says so, never a Host header (DESIGN 1). */
export interface PublicUrl {
  /** E.g. `https://id.example.com`. */
  readonly origin: string;
  /** With its port, unless it is the scheme's own. */
  readonly host: string;
  readonly protocol: string;
}

export function publicUrlOf(url: string): PublicUrl {
  const { origin, host, protocol } = new URL(url);
  return { origin, host, protocol };
}

/** The header that a form or a foreign page cannot send unasked. */
const MARK = "x-countersign-console";

type Rule = readonly [broken: (raw: RawRequest, own: PublicUrl) => boolean, sentence: string];

/** What a request with cookies must be, besides carrying them. Each of these alone would stop a foreign page. */
const RULES: readonly Rule[] = [
  [(raw) => raw.method !== "POST", "The console is asked with POST alone."],
  [(raw) => raw.target.includes("?"), "The console takes no parameters in its query string."],
  [(raw, own) => !isOwnHost(raw, own), "The Host header does not name this server's public URL."],
  [
    (raw, own) => only(raw, "origin") !== own.origin,
    "The request does not come from a page of this server's public URL.",
  ],
  [
    (raw) => (only(raw, "sec-fetch-site") ?? "same-origin") !== "same-origin",
    "The request does not come from a page of this server's public URL.",
  ],
  [(raw) => only(raw, MARK) !== "1", "The request lacks the console's own header."],
  [
    (raw) => SIGNING.some((name) => headerValues(raw, name).length > 0),
    "A request to the console carries no signature.",
  ],
];

const SIGNING = ["authorization", "x-amz-signature", "x-amz-algorithm", "x-amz-security-token"];

/** Why a request is not one of our own pages', or undefined. */
export function crossSiteRefusal(raw: RawRequest, own: PublicUrl): ServiceError | undefined {
  const rule = RULES.find(([broken]) => broken(raw, own));
  return rule && serviceError("CrossSiteRequest", rule[1]);
}

const OWN_PORTS = new Map([
  ["http:", ":80"],
  ["https:", ":443"],
]);

/** Whether the request was meant for the public URL: a foreign name that leads here is a trap (DNS rebinding). */
export function isOwnHost(raw: RawRequest, { host, protocol }: PublicUrl): boolean {
  const sent = only(raw, "host")?.toLowerCase();
  return sent === host || sent === `${host}${OWN_PORTS.get(protocol)}`;
}

/** The value of a header that came once; the empty text, which nothing is, where it came more often. */
function only(raw: RawRequest, name: string): string | undefined {
  const values = headerValues(raw, name);
  return values.length > 1 ? "" : values[0];
}
