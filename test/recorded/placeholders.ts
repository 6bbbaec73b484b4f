import assert from "node:assert/strict";
import { authenticator } from "../support/authenticator.ts";

/** Values by the name of their placeholder. What is not bound yet binds at first sight; what is, must be seen again. */
export type Bindings = Map<string, string | number>;

const WHOLE = /^<([^<>]+)>$/;
const INSIDE = /<([^<>]+)>/g;
/** Names that a scenario makes up itself: each gets a value of its own before it is sent. */
const OURS = /^(?:user-name|group-name|role-name|role-path|policy-name|mfa-device-name|account-alias)/;
const TOTP = /^totp:(.+):(-?\d+)$/;
const SUM = /^(.+) \+ (\d+)$/;

/** `value` with every placeholder in it replaced; an unbound one that is not the scenario's to make up stays. */
export function fill(value: unknown, bindings: Bindings): unknown {
  if (Array.isArray(value)) return value.map((item) => fill(item, bindings));
  if (typeof value === "string") return fillText(value, bindings);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, bindings)]));
}

function fillText(text: string, bindings: Bindings): string | number {
  const whole = WHOLE.exec(text)?.[1];
  if (whole !== undefined) return bound(whole, bindings) ?? text;
  return text.replaceAll(INSIDE, (placeholder, name: string) => String(bound(name, bindings) ?? placeholder));
}

function bound(name: string, bindings: Bindings): string | number | undefined {
  const [, seed, offset] = TOTP.exec(name) ?? [];
  if (seed !== undefined) return authenticator(String(bindings.get(seed))).code(Number(offset));
  const [, base, more] = SUM.exec(name) ?? [];
  if (base !== undefined) return Number(bindings.get(base)) + Number(more);
  if (!bindings.has(name) && OURS.test(name)) bindings.set(name, freshName(name));
  return bindings.get(name);
}

let made = 0;
/** In the order of making, so that lists come in the order of the recording. */
const freshName = (name: string): string =>
  `${name.replace(/[^a-z]+/g, "-").replace(/-$/, "")}-${String(made++).padStart(4, "0")}`;

const ANY: Readonly<Record<string, (value: unknown) => boolean>> = {
  datetime: (value) => value instanceof Date && Math.abs(value.getTime() - Date.now()) < 3_600_000,
  number: (value) => typeof value === "number",
  "qr-code-png": (value) =>
    value instanceof Uint8Array && Buffer.from(value).toString("latin1", 1, 4) === "PNG",
};

/** Compares what was answered with what AWS answered, member by member: none more, none less. */
export function matchAnswer(actual: unknown, expected: unknown, bindings: Bindings, path: string): void {
  if (typeof expected === "string") matchText(actual, expected, bindings, path);
  else if (typeof expected === "object" && expected !== null) matchMembers(actual, expected, bindings, path);
  else assert.deepEqual(actual, expected, path);
}

function matchMembers(actual: unknown, expected: object, bindings: Bindings, path: string): void {
  assert.ok(typeof actual === "object" && actual !== null, `${path}: ${String(actual)}`);
  assert.equal(Array.isArray(actual), Array.isArray(expected), path);
  const present = Object.entries(actual).filter(([, value]) => value !== undefined);
  assert.deepEqual(present.map(([key]) => key).toSorted(), Object.keys(expected).toSorted(), path);
  const wanted: Readonly<Record<string, unknown>> = { ...expected };
  for (const [key, value] of present) matchAnswer(value, wanted[key], bindings, `${path}.${key}`);
}

function matchText(actual: unknown, expected: string, bindings: Bindings, path: string): void {
  const filled = fill(expected, bindings);
  const free = typeof filled === "string" ? WHOLE.exec(filled)?.[1] : undefined;
  if (free === undefined) assert.deepEqual(textOf(actual), filled, path);
  else if (ANY[free] !== undefined) assert.ok(ANY[free](actual), `${path}: ${String(actual)} is no ${free}`);
  else bind(free, textOf(actual), bindings, path);
}

function bind(name: string, value: unknown, bindings: Bindings, path: string): void {
  assert.ok(
    typeof value === "number" || (typeof value === "string" && value !== ""),
    `${path}: ${String(value)}`,
  );
  bindings.set(name, value);
}

const textOf = (value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString("ascii") : value;
