import { headerValues, type RawRequest } from "../raw.ts";

/** Names with this prefix are taken only with Secure, Path=/ and no Domain: no neighbour can plant one (RFC 6265bis 4.1.3.2). */
const PREFIX = "__Host-countersign-";

/** What our cookies hold: account, dot, base64url. Anything else is not ours. */
const VALUE = /^[A-Za-z0-9._-]{16,256}$/;

const NAMES = ["session", "signin", "browser"] as const;

export type CookieName = (typeof NAMES)[number];
export type Cookies = Readonly<Record<CookieName, string | undefined>>;

/**
 * Our cookies in a request. One that comes twice, or holds what we never wrote, is absent. Others' are passed over: cookies do
 * not know ports, so any page of this host may have left some.
 */
export function readCookies(raw: RawRequest): Cookies {
  const found = new Map<string, string | undefined>();
  for (const pair of headerValues(raw, "cookie").flatMap((line) => line.split(";"))) {
    const equals = pair.indexOf("=");
    const name = pair.slice(0, Math.max(equals, 0)).trim();
    const value = pair.slice(equals + 1).trim();
    found.set(name, found.has(name) || !VALUE.test(value) ? undefined : value);
  }
  const [session, signin, browser] = NAMES.map((name) => found.get(PREFIX + name));
  return { session, signin, browser };
}

export interface CookieChange {
  readonly name: CookieName;
  /** Undefined clears the cookie. */
  readonly value: string | undefined;
  readonly maxAgeSeconds: number;
}

/** The `Set-Cookie` line of a change (DESIGN 3.5). */
export function renderCookie({ name, value = "", maxAgeSeconds }: CookieChange): string {
  const age = value === "" ? 0 : Math.floor(maxAgeSeconds);
  return `${PREFIX}${name}=${value}; Path=/; Max-Age=${age}; Secure; HttpOnly; SameSite=Strict`;
}
