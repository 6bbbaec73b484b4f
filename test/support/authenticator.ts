import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { Secret, TOTP } from "otpauth";
import { tool } from "./tools.ts";

const STEP_MS = 30_000;

/**
 * An authenticator app that is not ours: `oathtool` where the machine has it, else otpauth. It gives codes of named steps, so
 * no test waits for the clock: a fresh pair is (now - 1, now), and the window around it leaves two steps on either side, so
 * the codes of the pair, which Enable does not spend, and of the two steps after it are good at once (contract 1.4).
 */
export interface Authenticator {
  readonly seed: string;
  /** The step that the clock showed when the authenticator was set up. */
  readonly start: number;
  /** The code of the step `offset` steps after `start`. */
  code(offset: number): string;
}

export function authenticator(seed: string, source: "oathtool" | "otpauth" = "otpauth"): Authenticator {
  const start = Math.floor(Date.now() / STEP_MS);
  const generate = source === "oathtool" ? oathtool : otpauth;
  return { seed, start, code: (offset) => generate(seed, (start + offset) * STEP_MS) };
}

function otpauth(seed: string, timestamp: number): string {
  return new TOTP({ secret: Secret.fromBase32(seed) }).generate({ timestamp });
}

function oathtool(seed: string, timestamp: number): string {
  const program = tool("oathtool");
  assert.ok(program !== undefined, "needs `oathtool`");
  const args = ["--totp", "--base32", `--now=@${timestamp / 1000}`, "-"];
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", input: `${seed}\n` });
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

/** A well-formed code that the device shows at none of the steps around now. */
export function wrongCode({ seed, start }: Authenticator): string {
  const near = new Set(Array.from({ length: 41 }, (_, at) => otpauth(seed, (start - 20 + at) * STEP_MS)));
  for (let guess = 0; ; guess++) {
    const code = String(guess).padStart(6, "0");
    if (!near.has(code)) return code;
  }
}
