import assert from "node:assert/strict";
import { test } from "node:test";
import { crossSiteRefusal, publicUrlOf } from "#wire/cookie/same-site.ts";

const OWN = publicUrlOf("https://id.example.com");
const PORT = publicUrlOf("http://localhost:8400");

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** What a browser sends of a page of `https://id.example.com`. */
const WELL: Headers = {
  host: "id.example.com",
  origin: "https://id.example.com",
  "sec-fetch-site": "same-origin",
  "x-countersign-console": "1",
};

interface Case {
  readonly name: string;
  readonly headers?: Headers;
  readonly without?: string;
  readonly method?: string;
  readonly target?: string;
  readonly own?: typeof OWN;
  readonly taken?: true;
}

const CASES: readonly Case[] = [
  { name: "a page of our own", taken: true },
  { name: "an old browser", without: "sec-fetch-site", taken: true },
  { name: "the port spelled out", headers: { host: "id.example.com:443" }, taken: true },
  { name: "the host in capitals", headers: { host: "ID.example.com" }, taken: true },
  {
    name: "a port of its own",
    headers: { host: "localhost:8400", origin: "http://localhost:8400" },
    own: PORT,
    taken: true,
  },
  // methods and parameters
  { name: "GET", method: "GET" },
  { name: "post", method: "post" },
  { name: "OPTIONS", method: "OPTIONS" },
  { name: "a query string", target: "/console/api?Action=GetUser" },
  { name: "a presigned URL", target: "/console/api?X-Amz-Signature=a" },
  { name: "an empty query string", target: "/console/api?" },
  // hosts
  { name: "no host", without: "host" },
  { name: "a foreign host", headers: { host: "evil.example" } },
  { name: "a foreign port", headers: { host: "id.example.com:8443" } },
  { name: "the other scheme's port", headers: { host: "id.example.com:80" } },
  { name: "an address", headers: { host: "127.0.0.1:8400" }, own: PORT },
  { name: "a host below ours", headers: { host: "a.id.example.com" } },
  { name: "a host that ends as ours", headers: { host: "evilid.example.com" } },
  { name: "a trailing dot", headers: { host: "id.example.com." } },
  { name: "a user before the host", headers: { host: "x@id.example.com" } },
  { name: "two hosts", headers: { host: ["id.example.com", "id.example.com"] } },
  // origins
  { name: "no origin", without: "origin" },
  { name: "a null origin", headers: { origin: "null" } },
  { name: "a foreign origin", headers: { origin: "https://evil.example" } },
  { name: "our origin in plain http", headers: { origin: "http://id.example.com" } },
  { name: "our origin with a port", headers: { origin: "https://id.example.com:443" } },
  { name: "our origin with a path", headers: { origin: "https://id.example.com/" } },
  { name: "an origin that starts as ours", headers: { origin: "https://id.example.com.evil.example" } },
  { name: "a neighbour's origin", headers: { origin: "https://other.example.com" } },
  { name: "two origins", headers: { origin: ["https://id.example.com", "https://evil.example"] } },
  // fetch metadata
  { name: "a cross-site request", headers: { "sec-fetch-site": "cross-site" } },
  { name: "a same-site request", headers: { "sec-fetch-site": "same-site" } },
  { name: "a request of nobody's page", headers: { "sec-fetch-site": "none" } },
  { name: "two words on the site", headers: { "sec-fetch-site": ["same-origin", "same-origin"] } },
  // the mark
  { name: "no mark", without: "x-countersign-console" },
  { name: "another mark", headers: { "x-countersign-console": "0" } },
  { name: "two marks", headers: { "x-countersign-console": ["1", "1"] } },
  // signatures
  { name: "a signature", headers: { authorization: "AWS4-HMAC-SHA256 Credential=a" } },
  { name: "an empty signature", headers: { authorization: "" } },
  { name: "a password", headers: { authorization: "Basic YTpi" } },
  { name: "a session token", headers: { "x-amz-security-token": "a" } },
  { name: "a signature header", headers: { "x-amz-signature": "a" } },
  { name: "an algorithm header", headers: { "x-amz-algorithm": "a" } },
];

for (const {
  name,
  headers = {},
  without,
  method = "POST",
  target = "/console/api",
  own = OWN,
  taken,
} of CASES) {
  test(`same site: ${name} is ${taken ? "taken" : "refused"}`, () => {
    const all = Object.entries({ ...WELL, ...headers }).filter(([header]) => header !== without);
    const rawHeaders = all.flatMap(([header, values]) => [values].flat().flatMap((value) => [header, value]));
    const refusal = crossSiteRefusal(
      { method, target, rawHeaders, body: new Uint8Array(), peer: { address: "::1", encrypted: true } },
      own,
    );
    assert.equal(refusal?.code, taken ? undefined : "CrossSiteRequest");
  });
}
