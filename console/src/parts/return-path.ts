const PLACEHOLDER = "http://console.invalid";

/**
 * Where to go after signing in, out of an address that anybody may have made: a path of this console's own and nothing else, or
 * the dashboard.
 */
export function returnPath(search: string): string {
  const wanted = new URLSearchParams(search).get("next") ?? "/";
  const url = URL.parse(wanted, PLACEHOLDER);
  if (!wanted.startsWith("/") || url === null || url.origin !== PLACEHOLDER) return "/";
  // what is left after `..` may begin with two slashes, which a browser takes for a host
  const isOwn = !url.pathname.startsWith("//") && !isSignIn(url.pathname);
  return isOwn ? `${url.pathname}${url.search}` : "/";
}

/** The sign-in page's address for somebody who was at `path` (with its search). */
export const signInPath = (path: string): string =>
  path === "/" || isSignIn(path) ? "/signin" : `/signin?next=${encodeURIComponent(path)}`;

export const isSignIn = (path: string): boolean => /^\/(?:signin|setup)(?:[/?]|$)/.test(path);
