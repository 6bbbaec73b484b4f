import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import fc from "fast-check";
import { HOTP, Secret } from "otpauth";
import { toBase32 } from "#base/base32.ts";
import { utf8 } from "#base/bytes.ts";
import { codeAt, hotp, type OtpAlgorithm, STEP_MS, stepAt } from "#mfa/totp.ts";
import { missing, tool } from "../support/tools.ts";
import { RFC_4226_APPENDIX_D, RFC_6238_APPENDIX_B } from "./rfc-vectors.ts";

test("RFC 4226 appendix D", () => {
  const { key, codes } = RFC_4226_APPENDIX_D;
  assert.deepEqual(
    codes.map((_, counter) => hotp(utf8(key), counter)),
    codes,
  );
  assert.equal(codes.length, 10);
});

for (const algorithm of ["sha1", "sha256", "sha512"] satisfies readonly OtpAlgorithm[]) {
  test(`RFC 6238 appendix B with ${algorithm}`, () => {
    const { keys, rows } = RFC_6238_APPENDIX_B;
    const key = utf8(keys[algorithm]);
    const values = rows.map(({ seconds }) => hotp(key, stepAt(seconds * 1000), 8, algorithm));
    assert.deepEqual(
      values,
      rows.map((row) => row[algorithm]),
    );
    assert.equal(rows.length, 6);
  });
}

test("a step is thirty seconds from the epoch", () => {
  assert.deepEqual([0, 29_999, 30_000, 59_999, 60_000].map(stepAt), [0, 0, 1, 1, 2]);
});

const seeds = fc.uint8Array({ minLength: 16, maxLength: 64 });
const steps = fc.integer({ min: 0, max: 2 ** 40 });

test("otpauth shows the same codes", () => {
  fc.assert(
    fc.property(seeds, steps, (seed, step) => {
      const secret = new Secret({ buffer: new Uint8Array(seed).buffer });
      assert.equal(
        codeAt(seed, step),
        HOTP.generate({ secret, counter: step, algorithm: "SHA1", digits: 6 }),
      );
    }),
    { numRuns: 300 },
  );
});

test("oathtool shows the same codes", { skip: missing("oathtool") }, () => {
  const seed = Uint8Array.from({ length: 40 }, (_, at) => (at * 37 + 5) % 256);
  const now = 1_796_000_000;
  const program = tool("oathtool") ?? "";
  const args = ["--totp", "--base32", "--window=20", `--now=@${now}`, "-"];
  const { stdout, stderr } = spawnSync(program, args, { encoding: "utf8", input: `${toBase32(seed)}\n` });
  const first = stepAt(now * 1000);
  const ours = Array.from({ length: 21 }, (_, at) => codeAt(seed, first + at));
  assert.deepEqual(stdout.trim().split("\n"), ours, stderr);
});

test("a step is told apart by all its bits", () => {
  const seed = utf8(RFC_4226_APPENDIX_D.key);
  const codes = Array.from({ length: 45 }, (_, bit) => codeAt(seed, 2 ** bit));
  assert.ok(new Set(codes).size > 40);
  assert.equal(STEP_MS, 30_000);
});
