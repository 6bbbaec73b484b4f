import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { utf8 } from "#base/bytes.ts";
import { epochMs, MINUTE } from "#base/clock.ts";
import { afterPair, findPair } from "#mfa/pair.ts";
import {
  afterAccepted,
  afterRestore,
  floorUnder,
  middleStep,
  NEW_SEED,
  type SeedState,
  stepsOf,
} from "#mfa/seed.ts";
import { codeAt, STEP_MS } from "#mfa/totp.ts";

const SEED = utf8("12345678901234567890");
const STEP = 59_000_000;
/** Some moment within a step. */
const during = (step: number) => epochMs(step * STEP_MS + 7_000);
const NOW = during(STEP);

describe("the window", () => {
  const cases = [-11, -10, -3, -2, -1, 0, 1, 2, 3, 10].flatMap((offset) =>
    [0, -400, 7].map((drift) => ({ offset, drift })),
  );
  for (const { offset, drift } of cases) {
    const fits = Math.abs(offset) <= 2;
    test(`the code ${offset} steps from a drift of ${drift} ${fits ? "fits" : "does not fit"}`, () => {
      const step = STEP + drift + offset;
      const found = stepsOf(codeAt(SEED, step), SEED, { ...NEW_SEED, drift }, NOW);
      assert.deepEqual(found, fits ? [step] : []);
    });
  }

  test("what is no code fits nothing", () => {
    const code = codeAt(SEED, STEP);
    const wrong = [
      "",
      code.slice(1),
      `0${code}`,
      `${code} `,
      ` ${code}`,
      `+${code.slice(1)}`,
      "٣٣٣٣٣٣",
      "\0\0\0\0\0\0",
    ];
    for (const text of wrong) assert.deepEqual(stepsOf(text, SEED, NEW_SEED, NOW), [], JSON.stringify(text));
  });

  test("nothing at or below the floor fits", () => {
    const state = { ...NEW_SEED, floorStep: STEP - 1 };
    const found = [-2, -1, 0, 1].map((offset) => stepsOf(codeAt(SEED, STEP + offset), SEED, state, NOW));
    assert.deepEqual(found, [[], [], [STEP], [STEP + 1]]);
  });

  test("two steps that show the same digits are tried nearest first", () => {
    // found by search: the first two steps of this seed, two apart, that show the same
    const [low, high] = [153_567, 153_569];
    const code = codeAt(SEED, low);
    assert.equal(codeAt(SEED, high), code);
    for (const middle of [low, high, low + 1]) {
      const found = stepsOf(code, SEED, NEW_SEED, during(middle));
      assert.equal(found[0], middle === high ? high : low);
      assert.deepEqual(found.toSorted(), [low, high]);
    }
  });

  test("before the epoch there is no step", () => {
    assert.deepEqual(stepsOf(codeAt(SEED, 1), SEED, { ...NEW_SEED, drift: -1 }, during(1)), [1]);
  });
});

interface Use {
  /** Minutes after the use before. */
  readonly after: number;
  readonly side: number;
}

function driftAfter(uses: readonly Use[]): number {
  let now = NOW;
  let state: SeedState = NEW_SEED;
  for (const { after, side } of uses) {
    now = epochMs(now + after * MINUTE);
    state = afterAccepted(state, middleStep(state, now) + side, now);
  }
  return state.drift;
}

describe("drift", () => {
  const cases: readonly { name: string; uses: readonly [number, number][]; drift: number }[] = [
    {
      name: "three late codes, an hour apart",
      uses: [
        [0, -1],
        [60, -1],
        [60, -2],
      ],
      drift: -1,
    },
    {
      name: "three early codes, an hour apart",
      uses: [
        [0, 1],
        [60, 2],
        [60, 1],
      ],
      drift: 1,
    },
    {
      name: "two codes",
      uses: [
        [0, -2],
        [600, -2],
      ],
      drift: 0,
    },
    {
      name: "three codes in the middle",
      uses: [
        [0, 0],
        [60, 0],
        [60, 0],
      ],
      drift: 0,
    },
    {
      name: "the third a minute too soon",
      uses: [
        [0, 1],
        [60, 1],
        [59, 1],
      ],
      drift: 0,
    },
    {
      name: "the third again, an hour after the second",
      uses: [
        [0, 1],
        [60, 1],
        [59, 1],
        [1, 1],
      ],
      drift: 1,
    },
    { name: "a hundred within the hour", uses: Array.from({ length: 100 }, () => [0.5, 1]), drift: 0 },
    {
      name: "a middle one between breaks the row",
      uses: [
        [0, 1],
        [60, 1],
        [5, 0],
        [60, 1],
        [60, 1],
      ],
      drift: 0,
    },
    {
      name: "the other side breaks the row",
      uses: [
        [0, 1],
        [60, 1],
        [60, -1],
        [60, 1],
        [60, 1],
      ],
      drift: 0,
    },
    { name: "six codes follow twice", uses: Array.from({ length: 6 }, () => [60, -2]), drift: -2 },
    {
      name: "a row begins anew after it moved",
      uses: [
        [0, 1],
        [60, 1],
        [60, 1],
        [60, 1],
        [60, 1],
      ],
      drift: 1,
    },
  ];
  for (const { name, uses, drift } of cases) {
    test(`${name}: ${drift}`, () =>
      assert.equal(driftAfter(uses.map(([after, side]) => ({ after, side }))), drift));
  }

  test("never moves by more than one step a code, and never within two hours", () => {
    const use = fc.record({ after: fc.integer({ min: 0, max: 90 }), side: fc.integer({ min: -2, max: 2 }) });
    fc.assert(
      fc.property(fc.array(use, { maxLength: 40 }), (uses) => {
        const drifts = uses.map((_, at) => driftAfter(uses.slice(0, at + 1)));
        let movedAt = 0;
        for (const [at, drift] of drifts.entries()) {
          const moved = Math.abs(drift - (drifts[at - 1] ?? 0));
          const minute = uses.slice(0, at + 1).reduce((sum, { after }) => sum + after, 0);
          assert.ok(moved <= 1);
          if (moved === 0) continue;
          assert.ok(minute - (uses[0]?.after ?? 0) - movedAt >= 120);
          movedAt = minute - (uses[0]?.after ?? 0);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("the floor", () => {
  test("rises with what is accepted, and stays under what a clock two steps back still asks for", () => {
    const state = afterAccepted(NEW_SEED, STEP, NOW);
    assert.equal(state.floorStep, STEP - 6);
    for (const offset of [-2, -1, 0, 1, 2]) {
      const step = STEP - 2 + offset;
      assert.deepEqual(stepsOf(codeAt(SEED, step), SEED, state, during(STEP - 2)), [step]);
    }
  });

  test("never falls, by a code or a pair, whatever the clock says", () => {
    const state = { ...NEW_SEED, floorStep: STEP };
    assert.equal(afterAccepted(state, STEP - 100, during(STEP - 100)).floorStep, STEP);
    assert.equal(afterPair(state, STEP - 100, during(STEP - 100)).floorStep, STEP);
    assert.equal(floorUnder(STEP - 100, state), STEP);
  });

  test("after a restore it lies above all that could be accepted before", () => {
    for (const drift of [0, 300, -300]) {
      const restored = afterRestore({ ...NEW_SEED, drift }, NOW);
      for (const offset of [-2, -1, 0, 1, 2]) {
        assert.deepEqual(stepsOf(codeAt(SEED, STEP + drift + offset), SEED, restored, NOW), []);
      }
      const later = STEP + Math.max(drift, -2) + 3;
      assert.equal(findPair(codeAt(SEED, later), codeAt(SEED, later + 1), SEED, restored, NOW), later + 1);
    }
  });
});

interface Act {
  readonly kind: "code" | "pair" | "restore";
  /** From the middle of the window, in steps. */
  readonly step: number;
  /** How far the clock goes on, or back, before it. */
  readonly clock: number;
}

test("a code is accepted at most once, whatever the order, the clock, pairs and pruning", () => {
  const kinds = fc.oneof(
    { weight: 40, arbitrary: fc.constant("code" as const) },
    { weight: 4, arbitrary: fc.constant("pair" as const) },
    { weight: 1, arbitrary: fc.constant("restore" as const) },
  );
  const act: fc.Arbitrary<Act> = fc.record({
    kind: kinds,
    step: fc.integer({ min: -3, max: 3 }),
    clock: fc.oneof(fc.integer({ min: -2, max: 3 }), fc.integer({ min: -150, max: 150 })),
  });
  const seen = { codes: 0, pairs: 0, pruned: 0 };
  fc.assert(
    fc.property(fc.array(act, { minLength: 40, maxLength: 80 }), (acts) => {
      const device = new Device();
      for (const { kind, step, clock } of acts) {
        device.now = epochMs(device.now + clock * STEP_MS);
        const middle = middleStep(device.state, device.now);
        if (kind === "code") device.prove(codeAt(SEED, middle + step));
        if (kind === "pair")
          device.resync(codeAt(SEED, middle + 4 * step - 1), codeAt(SEED, middle + 4 * step));
        if (kind === "restore") device.state = afterRestore(device.state, device.now);
        assert.equal(new Set(device.accepted).size, device.accepted.length);
        assert.equal(device.state.highestClaim, Math.max(0, ...device.accepted));
      }
      seen.codes += device.accepted.length;
      seen.pairs += device.pairs;
      seen.pruned += device.accepted.length - device.claims.size;
    }),
    { numRuns: 60 },
  );
  assert.ok(
    seen.codes > 200 && seen.pairs > 20 && seen.pruned > 100,
    `saw too little: ${JSON.stringify(seen)}`,
  );
});

/** A device as the store keeps it: its state, and the claims above the floor. */
class Device {
  state: SeedState = NEW_SEED;
  now = NOW;
  readonly claims = new Set<number>();
  readonly accepted: number[] = [];
  pairs = 0;

  prove(code: string): void {
    const step = stepsOf(code, SEED, this.state, this.now).find((candidate) => !this.claims.has(candidate));
    if (step === undefined) return;
    this.claims.add(step);
    this.accepted.push(step);
    const before = this.state;
    this.state = afterAccepted(before, step, this.now);
    assert.ok(this.state.highestClaim >= step && this.state.floorStep >= before.floorStep);
    for (const claim of this.claims) if (claim <= this.state.floorStep) this.claims.delete(claim);
  }

  resync(first: string, second: string): void {
    const step = findPair(first, second, SEED, this.state, this.now);
    if (step === undefined) return;
    assert.ok(step - 1 > Math.max(this.state.lastPairStep, this.state.highestClaim, this.state.floorStep));
    this.state = afterPair(this.state, step, this.now);
    this.pairs++;
    assert.equal(middleStep(this.state, this.now), step);
  }
}

test("one good code after another is accepted, with the clock two steps back as well", () => {
  const device = new Device();
  for (let step = STEP; step < STEP + 500; step += 3) {
    device.now = during(step);
    device.prove(codeAt(SEED, step));
    device.now = during(step - 2);
    device.prove(codeAt(SEED, step - 1));
  }
  assert.equal(device.accepted.length, 2 * Math.ceil(500 / 3));
  assert.ok(device.claims.size <= 8, `${device.claims.size} claims are kept`);
});
