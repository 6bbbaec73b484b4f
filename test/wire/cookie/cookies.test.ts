import assert from "node:assert/strict";
import { test } from "node:test";
import { readCookies, renderCookie } from "#wire/cookie/cookies.ts";

const SESSION = "__Host-countersign-session";
const TOKEN = `123456789012.${"aB3_-".repeat(8)}xyz`;

const CASES: readonly [name: string, lines: readonly string[], session: string | undefined][] = [
  ["none", [], undefined],
  ["ours alone", [`${SESSION}=${TOKEN}`], TOKEN],
  ["among others", [`a=b; ${SESSION}=${TOKEN}; c`], TOKEN],
  ["without blanks", [`a=b;${SESSION}=${TOKEN};c=d`], TOKEN],
  ["in a second line", ["a=b", `${SESSION}=${TOKEN}`], TOKEN],
  ["twice, alike", [`${SESSION}=${TOKEN}; ${SESSION}=${TOKEN}`], undefined],
  ["twice, in two lines", [`${SESSION}=${TOKEN}`, `${SESSION}=x`], undefined],
  ["three times", [`${SESSION}=x; ${SESSION}=y; ${SESSION}=${TOKEN}`], undefined],
  ["without its prefix", [`countersign-session=${TOKEN}`], undefined],
  ["in another letter case", [`__host-countersign-session=${TOKEN}`], undefined],
  ["quoted", [`${SESSION}="${TOKEN}"`], undefined],
  ["escaped", [`${SESSION}=%31${TOKEN.slice(1)}`], undefined],
  ["empty", [`${SESSION}=`], undefined],
  ["too short", [`${SESSION}=abc`], undefined],
  ["too long", [`${SESSION}=${"a".repeat(257)}`], undefined],
  ["with an equals sign", [`${SESSION}=${TOKEN}=`], undefined],
  ["of hostile bytes", [`${SESSION}=${TOKEN}\u0000`, "=;=;;;__proto__=1"], undefined],
];

for (const [name, lines, session] of CASES) {
  test(`cookies: ${name}`, () => {
    const rawHeaders = lines.flatMap((line) => ["Cookie", line]);
    const cookies = readCookies({
      method: "POST",
      target: "/",
      rawHeaders,
      body: new Uint8Array(),
      peer: { address: "::1", encrypted: false },
    });
    assert.deepEqual(cookies, { session, signin: undefined, browser: undefined });
  });
}

test("cookies: a change is set for this host, scripts and foreign pages apart", () => {
  assert.equal(
    renderCookie({ name: "signin", value: "v", maxAgeSeconds: 300.9 }),
    "__Host-countersign-signin=v; Path=/; Max-Age=300; Secure; HttpOnly; SameSite=Strict",
  );
  assert.equal(
    renderCookie({ name: "session", value: undefined, maxAgeSeconds: 300 }),
    "__Host-countersign-session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict",
  );
});
