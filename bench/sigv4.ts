import { createHmac, hash } from "node:crypto";
import { epochMs } from "#base/clock.ts";
import { SERVICES } from "#model/services.ts";
import type { RawRequest } from "#wire/raw.ts";
import { parseSignature } from "#wire/sigv4/parse.ts";
import { verifySignature } from "#wire/sigv4/verify.ts";
import { compareWork } from "./pairs.ts";
import type { Bench } from "./row.ts";
import { signedGetUser } from "./signed-read.ts";

const NAME = "signature check with a warm key, against its hashes";

/**
 * The hashes that no verification can do without, as node:crypto offers them: SHA-256 of the body and of the canonical request,
 * and an HMAC-SHA-256 of the string to sign under a key that is ready.
 */
export const sigv4: Bench = {
  names: [NAME],
  async measure() {
    const now = epochMs(Date.now());
    const secret = "a".repeat(40);
    const { headers, body, canonical } = signedGetUser(
      "localhost:8400",
      { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: secret },
      now,
    );
    const bytes = Buffer.from(body);
    const raw: RawRequest = {
      method: "POST",
      target: "/",
      rawHeaders: headers,
      body: bytes,
      peer: { address: "127.0.0.1", encrypted: false },
    };
    const [key, text] = [Buffer.alloc(32, 1), "x".repeat(STRING_TO_SIGN)];
    const { ratio, ours, bare } = compareWork(
      () => check(raw, now, secret),
      () =>
        hash("sha256", bytes) +
        hash("sha256", canonical) +
        createHmac("sha256", key).update(text).digest("hex"),
    );
    const seen = `${ours.toFixed(1)} µs against ${bare.toFixed(1)} µs`;
    return [{ name: NAME, figure: ratio, bar: 3, must: "stay below", unit: "times", seen }];
  },
};

/** The bytes of algorithm, date, scope and digest, each on its line. */
const STRING_TO_SIGN = 17 + 17 + 38 + 64;

function check(raw: RawRequest, now: ReturnType<typeof epochMs>, secret: string): void {
  const signed = parseSignature(raw, SERVICES.iam, now);
  if (!signed.ok || !verifySignature(signed.value, secret).ok) throw new Error("the signature must hold");
}
