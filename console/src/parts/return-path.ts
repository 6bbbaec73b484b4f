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

/** Behind the #, of a page that wanted a sign-in first. It may be a secret: it waits here, in no address and no storage. */
let left: { readonly path: string; readonly fragment: string } | undefined;

export function keepFragment({ pathname, search, hash }: Location): void {
  left = hash === "" ? left : { path: pathname + search, fragment: hash };
}

/** The path with what stood behind its # when it was left. */
export const withFragment = (path: string): string => (left?.path === path ? path + left.fragment : path);

/** The sign-in page's address for somebody who was at `path` (with its search). */
export const signInPath = (path: string): string =>
  path === "/" || isSignIn(path) ? "/signin" : `/signin?next=${encodeURIComponent(path)}`;

export const isSignIn = (path: string): boolean => /^\/(?:signin|setup)(?:[/?]|$)/.test(path);
