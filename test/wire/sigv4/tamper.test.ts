import assert from "node:assert/strict";
import { posix } from "node:path";
import { test } from "node:test";
import type { RawRequest } from "#wire/raw.ts";
import { splitTarget } from "#wire/sigv4/canonical.ts";
import { attempt, toRaw, VECTORS } from "./vectors.ts";

// Every byte of every part, one at a time. What reaches the same canonical request has the same meaning, and only that
// may pass: a path that normalises alike, and blanks and letter case where SigV4 does not look at them.

const FLIPS = [1, 32] as const;

for (const { name, normalize, header, query } of VECTORS.filter((vector) => vector.normalize)) {
  for (const [form, signed] of [
    ["header", header],
    ["query", query],
  ] as const) {
    const raw = toRaw(signed);
    const { path, query: search } = splitTarget(raw.target);

    test(`${name}, ${form} form: no byte can be flipped`, () => {
      assert.ok(normalize && attempt(raw).ok);
      for (const method of flips(raw.method)) refuses({ ...raw, method });
      for (const body of flips(signed.body)) refuses({ ...raw, body: Buffer.from(body, "latin1") });
      for (const changed of flips(path)) {
        const target = search === "" ? changed : `${changed}?${search}`;
        if (meaning(changed) === meaning(path) || changed.includes("?")) continue;
        refuses({ ...raw, target });
      }
      for (const changed of flips(search)) {
        // added after signing: an altered token is for its opener to refuse
        if (name === "post-sts-header-after" && onlyTokenDiffers(changed, search)) continue;
        if (parameters(changed) !== parameters(search)) refuses({ ...raw, target: `${path}?${changed}` });
      }
      for (const at of signedValues(raw, signed.canonical)) {
        for (const value of flips(raw.rawHeaders[at] ?? "")) {
          if (trimmed(value) === trimmed(raw.rawHeaders[at] ?? "")) continue;
          refuses({ ...raw, rawHeaders: raw.rawHeaders.with(at, value) });
        }
      }
    });
  }

  test(`${name}: a byte more or less in the body is refused`, () => {
    const raw = toRaw(header);
    refuses({ ...raw, body: Buffer.concat([raw.body, Buffer.of(0)]) });
    if (raw.body.length > 0) refuses({ ...raw, body: raw.body.subarray(1) });
  });
}

test("date, scope and signature in the Authorization header", () => {
  const raw = toRaw(
    VECTORS.find(({ name }) => name === "get-vanilla")?.header ?? assert.fail("no get-vanilla"),
  );
  const at = raw.rawHeaders.findIndex((text) => text.startsWith("AWS4-"));
  const authorization = raw.rawHeaders[at] ?? "";
  let tried = 0;
  for (const changed of flips(authorization)) {
    // the key id is looked up, not verified: another one has another secret
    if (changed.split("/").slice(1).join("/") === authorization.split("/").slice(1).join("/")) continue;
    if (pieces(changed) === pieces(authorization)) continue;
    refuses({ ...raw, rawHeaders: raw.rawHeaders.with(at, changed) });
    tried += 1;
  }
  assert.ok(tried > 200, `${tried}`);
});

function refuses(raw: RawRequest): void {
  const result = attempt(raw);
  assert.ok(!result.ok, `accepted ${raw.method} ${raw.target} ${JSON.stringify(raw.rawHeaders)}`);
  assert.equal(result.error.status, 403);
}

function flips(text: string): readonly string[] {
  return FLIPS.flatMap((bit) =>
    Array.from(
      text,
      (letter, at) =>
        text.slice(0, at) + String.fromCharCode(letter.charCodeAt(0) ^ bit) + text.slice(at + 1),
    ),
  );
}

/** By node's own normalisation. */
function meaning(path: string): string {
  return posix.normalize(path);
}

function parameters(search: string): string {
  return JSON.stringify([...new URLSearchParams(Buffer.from(search, "latin1").toString("utf8"))].toSorted());
}

function onlyTokenDiffers(changed: string, search: string): boolean {
  const rest = (text: string) =>
    text.split("&").filter((piece) => !piece.startsWith("X-Amz-Security-Token="));
  return rest(changed).join("&") === rest(search).join("&");
}

function trimmed(value: string): string {
  return value
    .split(/[ \t\r\n\v\f]+/)
    .filter(Boolean)
    .join(" ");
}

/** A blank for a comma, or an unknown parameter beside the three, changes nothing that is signed. */
function pieces(authorization: string): string {
  return authorization.split(/[ ,\t\r\n\v\f]+/).join(" ");
}

function signedValues(raw: RawRequest, canonical: string): readonly number[] {
  const names = canonical.split("\n").at(-2)?.split(";") ?? [];
  return raw.rawHeaders.flatMap((name, at) =>
    at % 2 === 0 && names.includes(name.toLowerCase()) ? [at + 1] : [],
  );
}
