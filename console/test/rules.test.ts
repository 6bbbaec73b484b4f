import { describe, expect, test } from "vitest";
import { toBase32 } from "../../src/base/base32.ts";
import { otpauthUri } from "../../src/mfa/otpauth.ts";
import { isDeviceName, suggestedName } from "../src/pages/assign/device-name.ts";
import { enrolmentLink, inGroups } from "../src/pages/assign/enrolment-link.ts";
import { worstFirst } from "../src/pages/dashboard/worst-first.ts";
import { browserName } from "../src/parts/browser-name.ts";
import { differenceText } from "../src/parts/clock-difference.ts";
import { digitsOf } from "../src/parts/digits.ts";
import { explain } from "../src/parts/explain.ts";
import { momentText } from "../src/parts/moment.ts";
import { DEFAULT_RULES, type Rules, rulesState } from "../src/parts/password-rules.ts";
import { returnPath, signInPath } from "../src/parts/return-path.ts";
import { words } from "../src/words/english.ts";
import { words as german } from "../src/words/german.ts";

test.each([
  ["123456", "123456"],
  ["123 456", "123456"],
  [" 12-34-56 \n", "123456"],
  ["Your code: 123456. Good for 30 s", "123456"],
  ["１２３４５６", "123456"],
  ["abc", ""],
  ["12", "12"],
])("the digits of %j", (text, digits) => {
  expect(digitsOf(text)).toBe(digits);
});

const STRICT: Rules = {
  MinimumLength: 14,
  RequireSymbols: true,
  RequireNumbers: true,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  ReusePrevention: 0,
};

test.each([
  [DEFAULT_RULES, "", []],
  [DEFAULT_RULES, "aaaaaaaa", ["length"]],
  [DEFAULT_RULES, "aA1", ["classes"]],
  [DEFAULT_RULES, "aaaaaaA1", ["length", "classes"]],
  [STRICT, "Aa1", ["uppercase", "lowercase", "number"]],
  [STRICT, "Aa1!Aa1!Aa1!Aa", ["length", "uppercase", "lowercase", "number", "symbol"]],
  // letters and signs beyond the policy's own count for nothing
  [STRICT, "äÄ~", []],
] as const)("the rules that %# has met", (rules, password, met) => {
  const state = rulesState(rules, password);
  expect(state.filter((row) => row.met).map(({ rule }) => rule)).toEqual(met);
});

describe("where to go after signing in", () => {
  test.each([
    ["/me", "/me"],
    ["/users/ana?tab=1", "/users/ana?tab=1"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["/\t/evil.example", "/"],
    ["https://evil.example", "/"],
    ["javascript:alert(1)", "/"],
    ["/x/../..//evil.example", "/"],
    ["me", "/"],
    ["/signin", "/"],
    ["/signin/mfa", "/"],
    ["/setup#token", "/"],
    ["", "/"],
  ])("next=%j", (next, path) => {
    const arrived = returnPath(`next=${encodeURIComponent(next)}`);
    expect(arrived).toBe(path);
    expect(new URL(arrived, "https://console.example").origin).toBe("https://console.example");
  });

  test("nothing is asked", () => expect(returnPath("")).toBe("/"));

  test.each([
    ["/", "/signin"],
    ["/me", "/signin?next=%2Fme"],
    ["/signin/mfa", "/signin"],
  ])("from %j", (path, signIn) => {
    expect(signInPath(path)).toBe(signIn);
  });
});

describe("a failure in words", () => {
  const failure = (code: string, message = "") => ({ code, message, requestId: undefined });
  test.each([
    [failure("SignInFailed", "incorrect"), words.errors.SignInFailed.what, false],
    [failure("AccessDenied", "User: x is not authorized"), words.errors.AccessDenied.what, true],
    [failure("AccessDenied", "The old password was incorrect."), words.errors.OldPassword.what, false],
    [
      failure(
        "AccessDenied",
        "To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.",
      ),
      words.mustUseMfa.what,
      false,
    ],
    [failure("ValidationError", "no such path"), words.errors.InvalidInput.what, true],
    [failure("Validation", "no such path"), words.errors.InvalidInput.what, true],
    [failure("InvalidInput", "no such address"), words.errors.InvalidInput.what, true],
    [failure("DeleteConflict", "it has members"), words.errors.DeleteConflict.what, true],
    [failure("MalformedPolicyDocument", "no statement"), words.errors.MalformedPolicyDocument.what, true],
    [failure("ChangedMeanwhile", "changed"), words.errors.ConcurrentModification.what, true],
    [failure("InternalFailure", "oops"), words.errors.other.what, true],
    [failure("__proto__"), words.errors.other.what, false],
    [failure("constructor"), words.errors.other.what, false],
  ])("%j", (failed, what, quoted) => {
    expect(explain(words, failed)).toMatchObject({ what, quoted });
  });
});

test.each([
  [0, "In step"],
  [-9_000, "In step"],
  [45_000, "This device is 45 seconds behind"],
  [-20 * 60_000, "This device is 20 minutes ahead"],
  [3 * 3_600_000, "This device is 3 hours behind"],
])("a server %i ms ahead", (offset, text) => {
  expect(differenceText(words.clock, offset)).toBe(text);
});

describe("moments", () => {
  const now = Date.UTC(2026, 10, 24, 9, 0, 0);
  test.each([
    [now - 20_000, "now"],
    [now - 5 * 60_000, "5 minutes ago"],
    [now - 119 * 60_000, "1 hour ago"],
    [now - 26 * 3_600_000, "yesterday"],
    [now - 10 * 86_400_000, "Nov 14, 2026"],
    [now + 3 * 60_000, "in 3 minutes"],
  ])("%i", (at, shown) => {
    expect(momentText(at, now, "en").shown).toBe(shown);
  });
  test("says UTC too", () => expect(momentText(now, now, "en").exact).toMatch(/9:00:00\sAM UTC$/));
});

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36", "Chrome", "Linux"],
  [
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
    "Edge",
    "Windows",
  ],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari", "iOS"],
  ["Mozilla/5.0 (Android 15; Mobile) Gecko/140.0 Firefox/140.0", "Firefox", "Android"],
  ["", undefined, undefined],
])("the browser of %j", (agent, browser, system) => {
  expect(browserName(agent)).toEqual({ browser, system });
});

describe("devices", () => {
  test.each([
    ["ana", true],
    ["a+b=c,d.e@f-g_h", true],
    ["", false],
    ["a b", false],
    ["ä", false],
    ["a".repeat(64), true],
    ["a".repeat(65), false],
    ["a/b", false],
  ])("the name %j", (name, valid) => {
    expect(isDeviceName(name)).toBe(valid);
  });

  test.each([
    ["ana", true, "ana"],
    ["ana", false, "ana-backup"],
    [undefined, true, "root-account-mfa-device"],
    ["a".repeat(64), false, "a".repeat(64)],
  ])("a name for %j, first %j", (user, first, name) => {
    expect(suggestedName(user, first)).toBe(name);
    expect(isDeviceName(suggestedName(user, first))).toBe(true);
  });

  test("the link that an app opens", () => {
    const seed = new TextEncoder().encode("not a secret");
    const parts = { issuer: "Acme & Co", account: "acme-1" };
    const link = enrolmentLink({ ...parts, name: "a@b+c", seed: toBase32(seed) });
    // the QR code's, by the server's own hand
    expect(link).toBe(otpauthUri({ ...parts, device: "a@b+c", seed }));
  });

  test("a secret in groups", () => expect(inGroups("ABCDEFGHIJ")).toBe("ABCD EFGH IJ"));
});

test("the worst comes first, and what is done last", () => {
  const row = (
    Id: "root-mfa" | "own-mfa" | "own-backup-device",
    Severity: "error" | "info",
    Done: boolean,
  ) => ({
    Id,
    Severity,
    Done,
    MayAct: true,
  });
  const sorted = worstFirst([
    row("own-mfa", "error", true),
    row("own-backup-device", "info", false),
    row("root-mfa", "error", false),
  ]);
  expect(sorted.map(({ Id }) => Id)).toEqual(["root-mfa", "own-backup-device", "own-mfa"]);
});

/** Every string of a table by its path, with functions called. */
function strings(table: object, path = ""): ReadonlyMap<string, string> {
  const entries = Object.entries(table).flatMap(([key, value]): [string, string][] => {
    if (typeof value === "string") return [[path + key, value]];
    if (typeof value === "function") return [[path + key, value(2, 3)]];
    return [...strings(value, `${path}${key}.`)];
  });
  return new Map(entries);
}

describe("languages", () => {
  const english = strings(words);
  const other = strings(german);

  test("say the same things", () => expect([...other.keys()]).toEqual([...english.keys()]));
  test("leave nothing empty", () => {
    expect([...english, ...other].filter(([, text]) => text.trim() === "")).toEqual([]);
  });
  test("are translated: what reads alike is a name or a short word", () => {
    const alike = [...english].filter(([key, text]) => other.get(key) === text && text.includes(" "));
    expect(alike.map(([key]) => key)).toEqual([]);
  });
});
