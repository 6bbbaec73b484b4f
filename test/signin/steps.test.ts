import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY, epochMs, HOUR } from "#base/clock.ts";
import type { SerialNumber } from "#identity/ids.ts";
import type { MfaProof } from "#mfa/proof.ts";
import { SIGN_IN_LIMITS, type SignInLimits } from "#signin/limits.ts";
import {
  afterEnrolling,
  afterFactor,
  afterNewPassword,
  afterPassword,
  afterSkipping,
  daysLeft,
  enrolmentOf,
  type Reminder,
  type Standing,
  type Standpoint,
} from "#signin/steps.ts";

const NOW = epochMs(Date.UTC(2026, 10, 24));
const PROOF: MfaProof = { at: NOW, method: "virtual", serialNumber: "s" as SerialNumber };
const USER: Standing = {
  root: false,
  devices: 0,
  resetRequired: false,
  passwordAge: "current",
  reminder: undefined,
};
const ROOT: Standing = { ...USER, root: true };
const since = (days: number, last = days): Reminder => ({
  firstAt: epochMs(NOW - days * DAY),
  lastAt: epochMs(NOW - last * DAY),
});

const refused: Standpoint = { step: "refused", reason: "the password has expired" };
const factor: Standpoint = { step: "factor" };
const session = (mfa?: MfaProof): Standpoint => ({ step: "session", mfa });
const change = (reason: "reset" | "expired", mfa?: MfaProof): Standpoint => ({
  step: "change-password",
  reason,
  mfa,
});
const enrol = (enrolment: "offered" | "required"): Standpoint => ({ step: "enrol", enrolment });

const PASSWORD: Record<string, [Partial<Standing>, Standpoint]> = {
  "a user without a device": [{}, session()],
  "a user with one": [{ devices: 1 }, factor],
  "a user with many, whose password must change: the factor first": [
    { devices: 8, resetRequired: true },
    factor,
  ],
  "a reset": [{ resetRequired: true }, change("reset")],
  "an expired password": [{ passwordAge: "expired" }, change("expired")],
  "a reset of an expired one": [{ passwordAge: "expired", resetRequired: true }, change("reset")],
  "hard expiry": [{ passwordAge: "hard-expired" }, refused],
  "hard expiry, with a device and a reset": [
    { passwordAge: "hard-expired", devices: 1, resetRequired: true },
    refused,
  ],
  "root without a device, for the first time": [{ root: true }, enrol("offered")],
  "root in its grace": [{ root: true, reminder: since(34) }, enrol("offered")],
  "root at the end of its grace": [{ root: true, reminder: since(35) }, enrol("required")],
  "root with a device, long after": [{ root: true, devices: 1, reminder: since(99) }, factor],
  "root, whose password must change, before it enrols": [
    { root: true, resetRequired: true, reminder: since(99) },
    change("reset"),
  ],
};

for (const [name, [standing, expected]] of Object.entries(PASSWORD)) {
  test(`after the password: ${name}`, () => {
    assert.deepEqual(afterPassword({ ...USER, ...standing }, SIGN_IN_LIMITS, NOW), expected);
  });
}

const FACTOR: Record<string, [Partial<Standing>, Standpoint]> = {
  "a session that carries the proof": [{ devices: 1 }, session(PROOF)],
  "a reset": [{ devices: 1, resetRequired: true }, change("reset", PROOF)],
  "an expired password": [{ devices: 1, passwordAge: "expired" }, change("expired", PROOF)],
  "root is reminded of nothing": [{ root: true, devices: 1, reminder: since(99) }, session(PROOF)],
};

for (const [name, [standing, expected]] of Object.entries(FACTOR)) {
  test(`after the factor: ${name}`, () => {
    assert.deepEqual(afterFactor({ ...USER, ...standing }, PROOF, SIGN_IN_LIMITS, NOW), expected);
  });
}

const NEW_PASSWORD: Record<string, [Partial<Standing>, MfaProof | undefined, Standpoint]> = {
  "a user without a device": [{ resetRequired: true }, undefined, session()],
  "a user who proved his": [{ devices: 1, resetRequired: true }, PROOF, session(PROOF)],
  "a device that came meanwhile is owed": [{ devices: 1 }, undefined, factor],
  "root then enrols": [
    { root: true, passwordAge: "expired", reminder: since(40) },
    undefined,
    enrol("required"),
  ],
};

for (const [name, [standing, mfa, expected]] of Object.entries(NEW_PASSWORD)) {
  test(`after a new password: ${name}`, () => {
    assert.deepEqual(afterNewPassword({ ...USER, ...standing }, mfa, SIGN_IN_LIMITS, NOW), expected);
  });
}

test("after enrolling: the new device's code is owed; without one the session stays what it was", () => {
  for (const enrolment of ["offered", "required"] as const) {
    assert.deepEqual(afterEnrolling({ devices: 1 }, enrolment), factor);
    assert.deepEqual(afterEnrolling({ devices: 0 }, enrolment), enrol(enrolment));
  }
});

test("what is offered can be put off, what is required not", () => {
  assert.deepEqual(
    ["none", "offered", "required"].map((each) => afterSkipping(each as "none")),
    ["none", "none", "required"],
  );
});

const REMINDERS: readonly [
  name: string,
  limits: Partial<SignInLimits>,
  Reminder | undefined,
  expected: string,
][] = [
  ["never reminded", {}, undefined, "offered"],
  ["no grace at all", { rootMfaGrace: 0 }, undefined, "required"],
  ["reminded today, once a week", { rootMfaReminder: 7 * DAY }, since(3, 0), "none"],
  ["reminded a week ago, once a week", { rootMfaReminder: 7 * DAY }, since(9, 7), "offered"],
  [
    "the grace is over, whenever the last reminder was",
    { rootMfaReminder: 7 * DAY },
    since(35, 0),
    "required",
  ],
];

for (const [name, limits, reminder, expected] of REMINDERS) {
  test(`root without MFA: ${name}`, () => {
    assert.equal(enrolmentOf(reminder, { ...SIGN_IN_LIMITS, ...limits }, NOW), expected);
  });
}

test("days left count the day that has begun", () => {
  const left = (at: number) => daysLeft({ firstAt: NOW, lastAt: NOW }, SIGN_IN_LIMITS, epochMs(NOW + at));
  assert.deepEqual(
    [left(0), left(HOUR), left(34 * DAY), left(35 * DAY - 1), left(35 * DAY), left(99 * DAY)],
    [35, 35, 1, 1, 0, 0],
  );
});

const standings = fc.record({
  root: fc.boolean(),
  devices: fc.nat(8),
  resetRequired: fc.boolean(),
  passwordAge: fc.constantFrom("current", "expired", "hard-expired" as const),
  reminder: fc.option(
    fc.nat(99).map((days) => since(days)),
    { nil: undefined },
  ),
}) as fc.Arbitrary<Standing>;

test("nobody with a device has a session from a password, and nobody has one who owes a new password", () => {
  fc.assert(
    fc.property(standings, (standing) => {
      const points = [
        afterPassword(standing, SIGN_IN_LIMITS, NOW),
        afterFactor(standing, PROOF, SIGN_IN_LIMITS, NOW),
        afterNewPassword(standing, undefined, SIGN_IN_LIMITS, NOW),
      ];
      const [password, proved, renewed] = points;
      const open = (point: Standpoint | undefined) => point?.step === "session" || point?.step === "enrol";
      if (standing.devices > 0) assert.ok(!open(password) && !open(renewed));
      if (standing.resetRequired) assert.ok(!open(password) && !open(proved));
      if (ROOT.root === standing.root && password?.step === "session")
        assert.notEqual(standing.reminder, undefined);
    }),
  );
});
