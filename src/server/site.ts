import { existsSync } from "node:fs";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono, type MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { PublicUrl } from "#wire/cookie/same-site.ts";
import { headerValues, type RawRequest, type RawResponse } from "#wire/raw.ts";
import { plainAnswer } from "./answers.ts";

/** Answers a GET that no other door has taken, which was meant for the public URL. */
export type Site = (raw: RawRequest) => Promise<RawResponse>;

/** Only what this server sends runs, shows and is asked; nothing inline, and no frame around it (guarantee 12). */
const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  // a QR code is shown from memory
  imgSrc: ["'self'", "blob:"],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
};

const NOT_BUILT = "the console is not built: run `npm run build:console`, and start the server again";

/** The console's pages out of `folder`, as `npm run build:console` left them. */
export function openSite(folder: string, { origin, protocol }: PublicUrl): Site {
  if (!existsSync(join(folder, "index.html"))) return async () => plainAnswer(503, NOT_BUILT);
  const site = new Hono();
  site.use(
    secureHeaders({
      contentSecurityPolicy: CONTENT_SECURITY_POLICY,
      strictTransportSecurity: protocol === "https:" ? "max-age=31536000" : false,
      crossOriginOpenerPolicy: "same-origin",
      crossOriginResourcePolicy: "same-origin",
      referrerPolicy: "no-referrer",
      xFrameOptions: "DENY",
      permissionsPolicy: { camera: false, geolocation: false, microphone: false, payment: false, usb: false },
      // for browsers that no page of the console works in
      originAgentCluster: false,
      xDnsPrefetchControl: false,
      xDownloadOptions: false,
      xPermittedCrossDomainPolicies: false,
      xXssProtection: false,
    }),
  );
  const files = serveStatic({ root: folder, precompressed: true });
  // their names hold a hash of what is in them
  site.get("/assets/*", kept("public, max-age=31536000, immutable"), files);
  site.get("/assets/*", (c) => c.text("no such file\n", 404, { "cache-control": "no-store" }));
  site.get("/icon.svg", kept("public, max-age=86400"), files);
  // which page a path is, the page finds out; it has nothing in it, and nobody keeps it
  const page = serveStatic({ root: folder, precompressed: true, path: "index.html" });
  site.get("*", kept("no-store"), page);
  return (raw) => answer(site, raw, origin);
}

const kept =
  (control: string): MiddlewareHandler =>
  async (c, next) => {
    await next();
    if (c.res.ok) c.header("cache-control", control);
  };

/** What a page's answer depends on. No other header reaches the pages. */
const HEARD = ["accept-encoding", "range"];

async function answer(site: Hono, raw: RawRequest, origin: string): Promise<RawResponse> {
  const url = raw.target.startsWith("/") ? URL.parse(`${origin}${raw.target}`) : null;
  if (url === null) return plainAnswer(400, "the request's target is no path");
  const headers = HEARD.flatMap((name): [string, string][] =>
    headerValues(raw, name).map((value) => [name, value]),
  );
  // the socket leaves the body out where HEAD was asked
  const response = await site.request(url.href, { headers });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}
