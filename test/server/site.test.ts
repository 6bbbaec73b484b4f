import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { publicUrlOf } from "#wire/cookie/same-site.ts";
import type { RawRequest } from "#wire/raw.ts";
import { type AppEnv, handle } from "../../src/server/app.ts";
import { openSite } from "../../src/server/site.ts";
import { freshFolder } from "../support/server.ts";
import { openWorld, type World } from "../support/world.ts";

const PAGE = "<!doctype html><title>Countersign</title>\n";
const SCRIPT = "console.log(1);\n".repeat(100);

/** A folder as the console's build leaves it, and beside it a file that is nobody's to read. */
function builtFolder(): string {
  const folder = join(freshFolder("site"), "dist");
  mkdirSync(join(folder, "assets"), { recursive: true });
  const files = { "index.html": PAGE, "icon.svg": "<svg/>\n", "assets/a-1x2y.js": SCRIPT };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(text));
  }
  writeFileSync(join(folder, "assets/f-1x2y.woff2"), "wOF2");
  writeFileSync(join(folder, "../secret.txt"), "the root key");
  return folder;
}

let world: World;
const folder = builtFolder();

function appOf(url: string, at = folder): AppEnv {
  const own = publicUrlOf(url);
  return {
    pipeline: { ...world.env, publicUrl: () => own },
    metrics: undefined,
    pressure: () => undefined,
    trouble: () => undefined,
    site: openSite(at, own),
  };
}

const get = (target: string, headers: readonly string[] = [], method = "GET"): RawRequest => ({
  method,
  target,
  rawHeaders: headers.includes("Host") ? headers : ["Host", "localhost:8400", ...headers],
  body: new Uint8Array(),
  peer: { address: "127.0.0.1", encrypted: false },
});

let app: AppEnv;

before(async () => {
  world = await openWorld();
  app = appOf("http://localhost:8400");
});
const text = (body: string | Uint8Array): string => Buffer.from(body).toString("utf8");

const SERVED: readonly (readonly [
  target: string,
  status: number,
  type: RegExp,
  cache: string,
  body: string,
])[] = [
  ["/", 200, /^text\/html/, "no-store", PAGE],
  ["/index.html", 200, /^text\/html/, "no-store", PAGE],
  ["/signin/mfa", 200, /^text\/html/, "no-store", PAGE],
  ["/users/ana.b+c@example.com/security-credentials?tab=1", 200, /^text\/html/, "no-store", PAGE],
  ["/mfa/assign?user=ana", 200, /^text\/html/, "no-store", PAGE],
  ["//evil.example/", 200, /^text\/html/, "no-store", PAGE],
  ["/%", 200, /^text\/html/, "no-store", PAGE],
  ["/assets/a-1x2y.js", 200, /^text\/javascript/, "public, max-age=31536000, immutable", SCRIPT],
  ["/assets/f-1x2y.woff2", 200, /^font\/woff2$/, "public, max-age=31536000, immutable", "wOF2"],
  ["/icon.svg", 200, /^image\/svg\+xml/, "public, max-age=86400", "<svg/>\n"],
  ["/assets/a-gone.js", 404, /^text\/plain/, "no-store", "no such file\n"],
  ["/assets/", 404, /^text\/plain/, "no-store", "no such file\n"],
  ["/assets/..%2f..%2fsecret.txt", 404, /^text\/plain/, "no-store", "no such file\n"],
  ["/assets/%2e%2e/%2e%2e/secret.txt", 200, /^text\/html/, "no-store", PAGE],
  ["/assets/../../secret.txt", 200, /^text\/html/, "no-store", PAGE],
  ["/../secret.txt", 200, /^text\/html/, "no-store", PAGE],
  ["/assets/a-1x2y.js%00", 404, /^text\/plain/, "no-store", "no such file\n"],
];

for (const [target, status, type, cache, body] of SERVED) {
  test(`the page of ${target}`, async () => {
    const answer = await handle(app, get(target));
    assert.deepEqual(
      { status: answer.status, cache: answer.headers["cache-control"], body: text(answer.body) },
      { status, cache, body },
    );
    assert.match(answer.headers["content-type"] ?? "", type);
  });
}

test("every answer of the pages says what a browser may do with it", async () => {
  for (const [target] of SERVED) {
    const { headers } = await handle(app, get(target));
    assert.equal(
      headers["content-security-policy"],
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; " +
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    assert.deepEqual(
      [
        "x-frame-options",
        "x-content-type-options",
        "referrer-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
        "strict-transport-security",
        "set-cookie",
        "location",
      ].map((name) => headers[name]),
      ["DENY", "nosniff", "no-referrer", "same-origin", "same-origin", undefined, undefined, undefined],
      target,
    );
  }
});

test("over https a browser is told to stay there", async () => {
  const secure = appOf("https://id.example.com");
  const { status, headers } = await handle(secure, get("/", ["Host", "id.example.com"]));
  assert.deepEqual([status, headers["strict-transport-security"]], [200, "max-age=31536000"]);
});

test("who takes brotli gets the packed copy, of what has one", async () => {
  const headers = ["Accept-Encoding", "gzip, deflate, br"];
  const script = await handle(app, get("/assets/a-1x2y.js", headers));
  assert.deepEqual([script.headers["content-encoding"], script.headers.vary], ["br", "Accept-Encoding"]);
  assert.equal(text(brotliDecompressSync(script.body)), SCRIPT);
  const font = await handle(app, get("/assets/f-1x2y.woff2", headers));
  assert.deepEqual([font.headers["content-encoding"], text(font.body)], [undefined, "wOF2"]);
});

const FOREIGN: readonly (readonly string[])[] = [
  ["Host", "evil.example"],
  ["Host", "127.0.0.1:8400"],
  ["Host", "localhost:8401"],
  ["Host", "localhost:8400.evil.example"],
  ["Host", "localhost:8400", "Host", "evil.example"],
  ["Host", ""],
];

for (const headers of FOREIGN) {
  test(`no page for ${JSON.stringify(headers)}`, async () => {
    for (const target of ["/", "/assets/a-1x2y.js"]) {
      const answer = await handle(app, get(target, headers));
      assert.deepEqual(
        [answer.status, text(answer.body)],
        [421, "this server is reached at http://localhost:8400\n"],
      );
    }
  });
}

test("pages are read, not written to; a target that is no path has none", async () => {
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"]) {
    assert.equal((await handle(app, get("/signin", [], method))).status, 404, method);
  }
  assert.equal((await handle(app, get("*"))).status, 400);
  assert.equal((await handle(app, get("http://localhost:8400/"))).status, 400);
});

test("without a build the answer says how to make one", async () => {
  const answer = await handle(appOf("http://localhost:8400", join(folder, "nowhere")), get("/"));
  assert.deepEqual(
    [answer.status, text(answer.body)],
    [503, "the console is not built: run `npm run build:console`, and start the server again\n"],
  );
});
