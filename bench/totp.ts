import { createHmac, randomBytes } from "node:crypto";
import { epochMs } from "#base/clock.ts";
import { NEW_SEED, stepsOf } from "#mfa/seed.ts";
import { compareWork } from "./pairs.ts";
import type { Bench } from "./row.ts";

const NAME = "one-time password check, against its five HMACs";

/** A code that fits nowhere takes the same work as one that does: every step of the window is computed. */
export const totp: Bench = {
  names: [NAME],
  async measure() {
    const seed = randomBytes(40);
    const now = epochMs(1_800_000_000_000);
    const counters = Array.from({ length: 5 }, (_, at) => {
      const counter = Buffer.alloc(8);
      counter.writeUInt32BE(60_000_000 + at, 4);
      return counter;
    });
    const { ratio, ours, bare } = compareWork(
      () => stepsOf("123456", seed, NEW_SEED, now),
      () => counters.map((counter) => createHmac("sha1", seed).update(counter).digest()),
    );
    const seen = `${ours.toFixed(1)} µs against ${bare.toFixed(1)} µs`;
    return [{ name: NAME, figure: ratio, bar: 2, must: "stay below", unit: "times", seen }];
  },
};
