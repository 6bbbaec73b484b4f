import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { utf8 } from "#base/bytes.ts";
import { epochMs } from "#base/clock.ts";
import { afterPair, findPair, nearestStep } from "#mfa/pair.ts";
import { afterAccepted, NEW_SEED, type SeedState, stepsOf } from "#mfa/seed.ts";
import { codeAt, STEP_MS } from "#mfa/totp.ts";

const SEED = utf8("12345678901234567890");
const STEP = 59_000_000;
const NOW = epochMs(STEP * STEP_MS + 12_345);

/** The outcome for the codes of the steps `STEP + first` and `STEP + second`, as an offset from STEP. */
function found(first: number, second: number, state: Partial<SeedState> = {}): number | undefined {
  const codes = [codeAt(SEED, STEP + first), codeAt(SEED, STEP + second)] as const;
  const step = findPair(...codes, SEED, { ...NEW_SEED, ...state }, NOW);
  return step === undefined ? undefined : step - STEP;
}

interface Case {
  readonly name: string;
  readonly codes: readonly [number, number];
  readonly state?: Partial<SeedState>;
  readonly finds: number | undefined;
}

const CASES: readonly Case[] = [
  { name: "the present pair", codes: [-1, 0], finds: 0 },
  { name: "the farthest behind", codes: [-1001, -1000], finds: -1000 },
  { name: "one farther behind", codes: [-1002, -1001], finds: undefined },
  { name: "the farthest ahead", codes: [999, 1000], finds: 1000 },
  { name: "one farther ahead", codes: [1000, 1001], finds: undefined },
  { name: "the range is around the known drift", codes: [1200, 1201], state: { drift: 700 }, finds: 1201 },
  { name: "and leaves what is far from it", codes: [-301, -300], state: { drift: 701 }, finds: undefined },
  { name: "equal codes", codes: [0, 0], finds: undefined },
  { name: "reversed", codes: [0, -1], finds: undefined },
  { name: "one left out", codes: [-2, 0], finds: undefined },
  { name: "newer than the last pair", codes: [1, 2], state: { lastPairStep: STEP }, finds: 2 },
  {
    name: "the first is the last pair's second",
    codes: [0, 1],
    state: { lastPairStep: STEP },
    finds: undefined,
  },
  { name: "the last pair again", codes: [-1, 0], state: { lastPairStep: STEP }, finds: undefined },
  { name: "newer than every claim", codes: [1, 2], state: { highestClaim: STEP }, finds: 2 },
  { name: "the first was claimed", codes: [0, 1], state: { highestClaim: STEP }, finds: undefined },
  { name: "older than a claim", codes: [-5, -4], state: { highestClaim: STEP }, finds: undefined },
  { name: "above the floor", codes: [1, 2], state: { floorStep: STEP }, finds: 2 },
  { name: "the first on the floor", codes: [0, 1], state: { floorStep: STEP }, finds: undefined },
];

describe("a pair", () => {
  for (const { name, codes, state, finds } of CASES) {
    test(name, () => assert.equal(found(...codes, state), finds));
  }

  test("of what is no code is none", () => {
    const [first, second] = [codeAt(SEED, STEP - 1), codeAt(SEED, STEP)];
    assert.equal(findPair("", "", SEED, NEW_SEED, NOW), undefined);
    assert.equal(findPair(first, `${second} `, SEED, NEW_SEED, NOW), undefined);
    assert.equal(findPair(` ${first}`, second, SEED, NEW_SEED, NOW), undefined);
  });

  test("of equal codes is none, though a device may show them one after the other", () => {
    // found by search: the first two consecutive steps of this seed that show the same
    const codes = [codeAt(SEED, 910_737), codeAt(SEED, 910_738)] as const;
    assert.equal(codes[0], codes[1]);
    assert.equal(findPair(...codes, SEED, NEW_SEED, epochMs(910_738 * STEP_MS)), undefined);
  });

  test("near the epoch nothing before it is asked for", () => {
    const early = epochMs(3 * STEP_MS);
    assert.equal(findPair(codeAt(SEED, 1), codeAt(SEED, 2), SEED, NEW_SEED, early), 2);
  });
});

describe("after a pair", () => {
  test("drift is the second step less the step of the server's clock", () => {
    for (const offset of [-998, 0, 37]) {
      const state = afterPair({ ...NEW_SEED, drift: 5, lean: 2 }, STEP + offset, NOW);
      assert.deepEqual([state.drift, state.lastPairStep - STEP, state.lean], [offset, offset, 0]);
    }
  });

  test("its codes are not spent, and the window lies around the second", () => {
    const state = afterPair(NEW_SEED, STEP + 500, NOW);
    for (const offset of [498, 499, 500, 501, 502]) {
      assert.deepEqual(stepsOf(codeAt(SEED, STEP + offset), SEED, state, NOW), [STEP + offset]);
    }
  });

  test("the same pair is none, by whatever clock", () => {
    const state = afterPair(NEW_SEED, STEP, NOW);
    const codes = [codeAt(SEED, STEP - 1), codeAt(SEED, STEP)] as const;
    for (const later of [-900, -1, 0, 1, 900]) {
      assert.equal(findPair(...codes, SEED, state, epochMs(NOW + later * STEP_MS)), undefined);
    }
  });

  test("codes used one at a time stay used", () => {
    const used = afterAccepted(NEW_SEED, STEP, NOW);
    const state = afterPair(used, STEP + 2, NOW);
    assert.equal(state.highestClaim, STEP);
    assert.ok(state.floorStep >= used.floorStep && state.floorStep < STEP);
  });
});

test("of several places that show the pair the nearest is taken, and behind before ahead", () => {
  const cases = [
    { steps: [], nearest: undefined },
    { steps: [90, 97, 104], nearest: 97 },
    { steps: [97, 103], nearest: 97 },
    { steps: [1, 102], nearest: 102 },
  ];
  for (const { steps, nearest } of cases) assert.equal(nearestStep(steps, 100), nearest);
});
