const PLACEHOLDER = "http://console.invalid";

/**
 * Where to go after signing in, out of an address that anybody may have made: a path of this console's own and nothing else, or
 * the dashboard.
 */
export function returnPath(search: string): string {
  const wanted = new URLSearchParams(search).get("next") ?? "/";
  // a browser takes `//host` and `/\host` for another host
  if (!/^\/(?![/\\])/.test(wanted)) return "/";
  const url = URL.parse(wanted, PLACEHOLDER);
  if (url === null || url.origin !== PLACEHOLDER) return "/";
  return isSignIn(url.pathname) ? "/" : `${url.pathname}${url.search}`;
}

/** The sign-in page's address for somebody who was at `path` (with its search). */
export const signInPath = (path: string): string =>
  path === "/" || isSignIn(path) ? "/signin" : `/signin?next=${encodeURIComponent(path)}`;

const isSignIn = (path: string): boolean => /^\/(?:signin|setup)(?:[/?]|$)/.test(path);
