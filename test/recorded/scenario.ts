import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A recording: what was sent to AWS, and what it answered. */
export interface Recording {
  readonly about: string;
  readonly leftOut: readonly { readonly test: string; readonly why: string }[];
  readonly scenarios: readonly Scenario[];
}

export interface Scenario {
  /** The name of the upstream test. */
  readonly test: string;
  readonly steps: readonly Step[];
}

export interface Step {
  /** e.g. `iam:CreateUser` */
  readonly call: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Signed with the key bound as `<access-key-id:N>`; the administrator's by default. */
  readonly by?: number;
  /** What AWS answered; without it and `refusal` the call need only succeed. */
  readonly answer?: Readonly<Record<string, unknown>>;
  readonly refusal?: { readonly status: number; readonly code: string; readonly message: string };
  /** Of the list `in`, only the rows whose `where` is `is` are compared: the account holds others. */
  readonly only?: { readonly in: string; readonly where: string; readonly is: string };
  /** AWS tells it after a while, so it is asked again until it is told. */
  readonly soon?: true;
}

const KEYS = {
  recording: ["about", "leftOut", "scenarios"],
  leftOut: ["test", "why"],
  scenario: ["test", "steps"],
  step: ["call", "input", "by", "answer", "refusal", "only", "soon"],
  refusal: ["status", "code", "message"],
  only: ["in", "where", "is"],
};

/** Reads `test/recorded/NAME.json`; a key that is not of the form fails, so that a typo hides nothing. */
export function readRecording(name: string): Recording {
  // the form is checked below, key by key
  const recording = JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), "utf8")) as Recording;
  known(recording, "recording");
  for (const row of recording.leftOut) known(row, "leftOut");
  for (const scenario of recording.scenarios) {
    known(scenario, "scenario");
    for (const step of scenario.steps) {
      known(step, "step");
      if (step.refusal !== undefined) known(step.refusal, "refusal");
      if (step.only !== undefined) known(step.only, "only");
    }
  }
  return recording;
}

function known(value: object, form: keyof typeof KEYS): void {
  const strange = Object.keys(value).filter((key) => !KEYS[form].includes(key));
  assert.deepEqual(strange, [], `unknown keys in a ${form}`);
}
