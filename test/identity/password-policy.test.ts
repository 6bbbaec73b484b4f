import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, epochMs } from "#base/clock.ts";
import {
  barredHashes,
  earlierHashesAfter,
  type PasswordPolicy,
  POLICY_DEFAULTS,
  passwordAge,
  passwordExpiresAt,
  passwordProblem,
} from "#identity/password-policy.ts";

const NAMES = ["123456789012", "my-Company1", "Owner@Example.com1"];
const custom = (change: Partial<PasswordPolicy>): PasswordPolicy => ({ ...POLICY_DEFAULTS, ...change });

interface Case {
  readonly about: string;
  readonly password: string;
  readonly policy?: Partial<PasswordPolicy>;
  readonly problem?: string;
}

/** AWS's own sentence, seen for a password of lower-case letters and digits. */
const more = (wanted: number, ...missing: readonly string[]) =>
  `Password should meet ${wanted} more of the following requirements: ${missing.map((what) => `Password should have at least one ${what}`).join(", ")}`;
const UPPER = "uppercase letter";
const NUMBER = "number";
const SYMBOL = "symbol";
const OWN_NAME = "Password should not be the account name or email address";

const CASES: readonly Case[] = [
  {
    about: "default: seven characters",
    password: "Abcde1!",
    problem: "Password should have a minimum length of 8",
  },
  { about: "default: eight of three classes", password: "Abcdefg1" },
  { about: "default: 128", password: `Aa1${"x".repeat(125)}` },
  {
    about: "default: 129",
    password: `Aa1${"x".repeat(126)}`,
    problem: "Password should have a maximum length of 128",
  },
  { about: "default: upper, lower", password: "Abcdefgh", problem: more(1, NUMBER, SYMBOL) },
  { about: "default: lower, digit", password: "abcdefg1", problem: more(1, UPPER, SYMBOL) },
  { about: "default: lower", password: "abcdefgh", problem: more(2, UPPER, NUMBER, SYMBOL) },
  {
    about: "default: none",
    password: "ÀÉÎÀÉÎÀÉ",
    problem: more(3, UPPER, "lowercase letter", NUMBER, SYMBOL),
  },
  { about: "default: lower, digit, symbol", password: "abcdef1!" },
  { about: "default: upper, digit, symbol", password: "ABCDEF1!" },
  { about: "default: a space is no symbol", password: "abcdef1 ", problem: more(1, UPPER, SYMBOL) },
  {
    about: "default: a dot, a slash, a quote are no symbols",
    password: 'abcde1./"',
    problem: more(1, UPPER, SYMBOL),
  },
  {
    about: "default: letters beyond ASCII are of no class",
    password: "ÀÉÎabcd1",
    problem: more(1, UPPER, SYMBOL),
  },
  { about: "default: the alias in other letter case", password: "MY-COMPANY1", problem: OWN_NAME },
  { about: "default: the alias", password: "my-Company1", problem: OWN_NAME },
  { about: "default: the e-mail", password: "owner@example.com1", problem: OWN_NAME },
  { about: "default: more than the alias", password: "my-Company12" },
  {
    about: "custom: five",
    password: "aaaaa",
    policy: {},
    problem: "Password should have a minimum length of 6",
  },
  { about: "custom: six of one class", password: "aaaaaa", policy: {} },
  { about: "custom: the alias is not asked about", password: "my-company1", policy: {} },
  {
    about: "custom: length",
    password: "aaaaaaaaa",
    policy: { minimumPasswordLength: 10 },
    problem: "Password should have a minimum length of 10",
  },
  {
    about: "custom: uppercase",
    password: "aaaaaa1!",
    policy: { requireUppercaseCharacters: true },
    problem: "Password should have at least one uppercase letter",
  },
  {
    about: "custom: lowercase",
    password: "AAAAAA1!",
    policy: { requireLowercaseCharacters: true },
    problem: "Password should have at least one lowercase letter",
  },
  {
    about: "custom: number",
    password: "AAAAAAa!",
    policy: { requireNumbers: true },
    problem: "Password should have at least one number",
  },
  {
    about: "custom: symbol",
    password: "AAAAAAa1",
    policy: { requireSymbols: true },
    problem: "Password should have at least one symbol",
  },
  {
    about: "custom: all",
    password: "AAAAAa1'",
    policy: {
      requireSymbols: true,
      requireNumbers: true,
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
    },
  },
];

for (const { about, password, policy, problem } of CASES) {
  test(`a password (contract 1.5), ${about}`, () => {
    assert.equal(passwordProblem(password, policy && custom(policy), NAMES), problem);
  });
}

test("every symbol that AWS lists is one, and nothing else of ASCII is", () => {
  const listed = new Set("!@#$%^&*()_+-=[]{}|'");
  const policy = custom({ requireSymbols: true });
  for (let code = 0x20; code < 0x7f; code++) {
    const character = String.fromCharCode(code);
    const isSymbol = passwordProblem(`abcdef${character}`, policy, []) === undefined;
    assert.equal(isSymbol, listed.has(character), character);
  }
});

test("reuse: the last n, the current one included; the default policy bars none", () => {
  const history = { passwordHash: "now", earlierHashes: ["one ago", "two ago"] };
  assert.deepEqual(barredHashes(history, undefined), []);
  assert.deepEqual(barredHashes(history, custom({})), []);
  assert.deepEqual(barredHashes(history, custom({ passwordReusePrevention: 1 })), ["now"]);
  assert.deepEqual(barredHashes(history, custom({ passwordReusePrevention: 2 })), ["now", "one ago"]);
  assert.deepEqual(barredHashes(history, custom({ passwordReusePrevention: 24 })), [
    "now",
    "one ago",
    "two ago",
  ]);
});

test("history: newest first, 24 at most", () => {
  const earlierHashes = Array.from({ length: 24 }, (_, at) => `${at + 1} ago`);
  const kept = earlierHashesAfter({ passwordHash: "now", earlierHashes });
  assert.deepEqual(kept, ["now", ...earlierHashes.slice(0, 23)]);
});

test("expiry: the day itself, hard and soft, never by default", () => {
  const set = epochMs(Date.UTC(2026, 0, 1));
  const policy = custom({ maxPasswordAge: 90 });
  const hard = custom({ maxPasswordAge: 90, hardExpiry: true });
  const end = epochMs(set + 90 * DAY);
  assert.equal(passwordExpiresAt(set, policy), end);
  assert.equal(passwordExpiresAt(set, undefined), undefined);
  assert.equal(passwordExpiresAt(set, custom({ hardExpiry: true })), undefined);
  assert.equal(passwordAge(set, policy, epochMs(end - 1)), "current");
  assert.equal(passwordAge(set, policy, end), "expired");
  assert.equal(passwordAge(set, hard, epochMs(end - 1)), "current");
  assert.equal(passwordAge(set, hard, end), "hard-expired");
  assert.equal(passwordAge(set, custom({ hardExpiry: true }), epochMs(end * 2)), "current");
});
