import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type EpochMs, epochMs, HOUR, MINUTE, SECOND } from "#base/clock.ts";
import {
  afterFailure,
  afterPairFailure,
  afterSuccess,
  type BudgetState,
  mayTryPair,
  NEW_BUDGET,
  type StageReached,
  spendCheck,
  unlocked,
} from "#mfa/budget.ts";

/** The start of an hour, so also of a window. */
const START = 500_000 * HOUR;
const at = (ms: number): EpochMs => epochMs(START + ms);

/** One device and its owner, as the store would keep them. */
class Desk {
  device: BudgetState = NEW_BUDGET;
  person: BudgetState = NEW_BUDGET;
  readonly stages: StageReached[] = [];

  /** What a code comes to: not looked at, and why; or what it was. */
  enter(now: EpochMs, right = false): string {
    const spent = spendCheck(this.device, this.person, now);
    if (!spent.ok) return spent.error;
    const { stage, device, person } = right
      ? { ...afterSuccess(spent.value, this.person), stage: undefined }
      : afterFailure(spent.value, this.person, now);
    [this.device, this.person] = [device, person];
    if (stage !== undefined) this.stages.push(stage);
    return right ? "right" : "wrong";
  }

  /** As many wrong codes as `count`, each as soon as it is looked at; the moment of the last. */
  failUntil(count: number, from: EpochMs): EpochMs {
    let now = from;
    while (this.device.run < count) {
      if (this.enter(now) !== "wrong") now = epochMs(now + MINUTE);
    }
    return now;
  }
}

describe("single codes", () => {
  test("nine checks in a window of three minutes, right and wrong alike", () => {
    const desk = new Desk();
    const answers = Array.from({ length: 12 }, (_, n) => desk.enter(at(n * 100), n % 2 === 0));
    assert.deepEqual(answers.slice(8), ["right", "window-spent", "window-spent", "window-spent"]);
    assert.equal(desk.enter(at(3 * MINUTE - 1)), "window-spent");
    assert.equal(desk.enter(at(3 * MINUTE)), "wrong");
  });

  test("the window is fixed: eighteen checks may lie around its border", () => {
    const desk = new Desk();
    const border = 3 * MINUTE;
    const moments = [...Array(9).fill(border - 1), ...Array(9).fill(border)];
    assert.ok(moments.every((ms) => desk.enter(at(ms), true) === "right"));
    assert.equal(desk.enter(at(border), true), "window-spent");
  });

  test("what is throttled counts nothing", () => {
    const desk = new Desk();
    for (let n = 0; n < 9; n++) desk.enter(at(0));
    const { device, person } = desk;
    for (let n = 0; n < 50; n++) desk.enter(at(1000));
    assert.deepEqual([desk.device, desk.person], [device, person]);
    assert.equal(device.run, 9);
  });

  test("a clock two steps back opens no window anew; one that had run away holds nobody up", () => {
    const desk = new Desk();
    for (let n = 0; n < 9; n++) desk.enter(at(0));
    assert.equal(desk.enter(at(-60 * SECOND)), "window-spent");
    const away: BudgetState = { ...NEW_BUDGET, window: START / (3 * MINUTE) + 100_000, checks: 9 };
    assert.equal(spendCheck(away, NEW_BUDGET, at(0)).ok, true);
  });

  test("never more than nine in any window", () => {
    const moments = fc.array(fc.integer({ min: 0, max: 600_000 }), { maxLength: 120 });
    fc.assert(
      fc.property(moments, (unsorted) => {
        const desk = new Desk();
        const checked = unsorted
          .toSorted((a, b) => a - b)
          .filter((ms) => desk.enter(at(ms), true) === "right")
          .map((ms) => Math.floor(ms / (3 * MINUTE)));
        for (const window of new Set(checked))
          assert.ok(checked.filter((each) => each === window).length <= 9);
      }),
    );
  });
});

describe("failures in a row", () => {
  const cases = [
    { run: 19, wait: 0 },
    { run: 20, wait: MINUTE },
    { run: 29, wait: MINUTE },
    { run: 30, wait: 5 * MINUTE },
    { run: 40, wait: 15 * MINUTE },
    { run: 60, wait: 30 * MINUTE },
    { run: 80, wait: HOUR },
    { run: 99, wait: HOUR },
  ];
  for (const { run, wait } of cases) {
    test(`after ${run} on one device nothing is looked at for ${wait / MINUTE} minutes`, () => {
      const { device } = afterFailure({ ...NEW_BUDGET, run: run - 1 }, NEW_BUDGET, at(0));
      assert.equal(device.run, run);
      if (wait > 0)
        assert.deepEqual(spendCheck(device, NEW_BUDGET, at(wait - 1)), { ok: false, error: "waiting" });
      assert.equal(spendCheck(device, NEW_BUDGET, at(wait)).ok, true);
    });
  }

  test("a hundred on one device lock it, for good", () => {
    const desk = new Desk();
    const now = desk.failUntil(100, at(0));
    assert.equal(desk.device.locked, true);
    assert.equal(desk.enter(epochMs(now + 1000 * HOUR), true), "locked");
    assert.equal(desk.device.run, 100);
    assert.ok(now - START > 24 * HOUR, "a hundred guesses took less than a day");
  });

  test("the owner is told once a stage", () => {
    const desk = new Desk();
    desk.failUntil(100, at(0));
    assert.deepEqual(
      desk.stages
        .filter(({ subject }) => subject === "device")
        .map(({ failures, locked }) => [failures, locked]),
      [
        [20, false],
        [30, false],
        [40, false],
        [60, false],
        [80, false],
        [100, true],
      ],
    );
  });

  test("a right code ends the run of its device and the person's, and opens no new window", () => {
    const desk = new Desk();
    const now = desk.failUntil(35, at(0));
    const later = epochMs(Math.max(desk.device.waitUntil, now));
    assert.equal(desk.enter(later, true), "right");
    assert.deepEqual([desk.device.run, desk.person.run, desk.device.waitUntil], [0, 0, 0]);
    assert.ok(desk.device.checks > 0);
  });

  test("forty over a person's devices make all of them wait, and lock none", () => {
    let person: BudgetState = { ...NEW_BUDGET, run: 38 };
    const first = afterFailure(NEW_BUDGET, person, at(0));
    assert.equal(spendCheck(NEW_BUDGET, first.person, at(1)).ok, true);
    const second = afterFailure(NEW_BUDGET, first.person, at(0));
    assert.deepEqual(second.stage, { subject: "person", failures: 40, wait: MINUTE, locked: false });
    assert.deepEqual(spendCheck(NEW_BUDGET, second.person, at(MINUTE - 1)), { ok: false, error: "waiting" });
    person = { ...NEW_BUDGET, run: 5000 };
    const many = afterFailure(NEW_BUDGET, person, at(0)).person;
    assert.deepEqual([many.locked, many.waitUntil], [false, at(HOUR)]);
  });

  test("one device's success leaves another's run", () => {
    const other = afterFailure({ ...NEW_BUDGET, run: 50 }, NEW_BUDGET, at(0)).device;
    assert.equal(afterSuccess(NEW_BUDGET, NEW_BUDGET).person.run, 0);
    assert.equal(other.run, 51);
  });

  test("who unlocks a device ends its run, and keeps its window", () => {
    const locked: BudgetState = {
      ...NEW_BUDGET,
      run: 100,
      locked: true,
      waitUntil: at(HOUR),
      window: 7,
      checks: 4,
    };
    assert.deepEqual(unlocked(locked), { ...NEW_BUDGET, window: 7, checks: 4 });
  });
});

describe("pairs", () => {
  const fail = (count: number, now: EpochMs, from = { device: NEW_BUDGET, owner: NEW_BUDGET }) =>
    Array.from({ length: count }).reduce<typeof from>(
      ({ device, owner }) => afterPairFailure(device, owner, now),
      from,
    );

  const cases = [
    { name: "eight failed in three minutes", failed: 8, later: 0, may: true },
    { name: "nine failed in three minutes", failed: 9, later: 0, may: false },
    { name: "nine failed, the window is over", failed: 9, later: 3 * MINUTE, may: true },
  ];
  for (const { name, failed, later, may } of cases) {
    test(name, () => {
      const { device, owner } = fail(failed, at(0));
      assert.equal(mayTryPair(device, owner, at(later)), may);
      assert.equal(mayTryPair(device, NEW_BUDGET, at(later)), may, "by the device alone");
      assert.equal(mayTryPair(NEW_BUDGET, owner, at(later)), may, "by the owner alone");
    });
  }

  test("thirty an hour", () => {
    let state = { device: NEW_BUDGET, owner: NEW_BUDGET };
    for (const [window, count] of [9, 9, 9, 2].entries()) state = fail(count, at(window * 3 * MINUTE), state);
    const next = at(12 * MINUTE);
    assert.equal(mayTryPair(state.device, state.owner, next), true);
    state = fail(1, next, state);
    for (const ms of [12 * MINUTE, 30 * MINUTE, HOUR - 1])
      assert.equal(mayTryPair(state.device, state.owner, at(ms)), false);
    assert.equal(mayTryPair(state.device, state.owner, at(HOUR)), true);
  });

  test("pairs and single codes are counted apart", () => {
    const { device, owner } = fail(9, at(0));
    assert.deepEqual([device.run, device.checks, owner.run], [0, 0, 0]);
    assert.equal(spendCheck(device, owner, at(0)).ok, true);
    const spent = Array.from({ length: 9 }).reduce<BudgetState>((state) => {
      const next = spendCheck(state, NEW_BUDGET, at(0));
      return next.ok ? next.value : state;
    }, NEW_BUDGET);
    assert.equal(mayTryPair(spent, NEW_BUDGET, at(0)), true);
  });
});
