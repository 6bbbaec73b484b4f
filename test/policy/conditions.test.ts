/** Contract 9.2: every operator on values it takes and values it cannot take, as AWS answered in the recorded cases. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileCondition } from "#policy/condition.ts";
import { OPERATORS, parseOperator } from "#policy/conditions/operators.ts";
import type { ContextValue } from "#policy/context.ts";
import { contextOf } from "./deciding.ts";

const holds = (
  operator: string,
  wanted: string | readonly string[],
  seen: ContextValue | undefined,
  effect: "Allow" | "Deny" = "Allow",
  more: Readonly<Record<string, ContextValue>> = {},
): boolean =>
  compileCondition(
    { operator, key: "k:Key", values: typeof wanted === "string" ? [wanted] : wanted },
    effect,
    true,
  ).holds(contextOf(seen === undefined ? more : { "k:key": seen, ...more }));

/** Operator, the policy's value or values, the request's, and whether it holds. */
const CASES: readonly (readonly [string, string | readonly string[], ContextValue, boolean])[] = [
  ["StringEquals", "a", "a", true],
  ["StringEquals", "a", "A", false],
  ["StringEquals", "a*", "ab", false],
  ["StringEquals", "", "", true],
  ["StringEquals", ["b", "a"], "a", true],
  ["StringEquals", [], "a", false],
  ["StringNotEquals", "a", "b", true],
  ["StringNotEquals", ["a", "b"], "b", false],
  ["StringNotEquals", ["a", "b"], "c", true],
  ["StringEqualsIgnoreCase", "prod", "PrOd", true],
  ["StringNotEqualsIgnoreCase", "prod", "PrOd", false],
  ["StringEqualsIgnoreCase", "K", "\u212a", true],
  ["StringEqualsIgnoreCase", "s", "\u017f", false],
  ["StringEqualsIgnoreCase", "\u00df", "\u1e9e", true],
  ["StringEqualsIgnoreCase", "\u00df", "SS", false],
  ["StringEqualsIgnoreCase", "I", "\u0131", false],
  ["StringEqualsIgnoreCase", "\u03a3", "\u03c2", false],
  ["StringEqualsIgnoreCase", "\u039f\u03a3", "\u03bf\u03c2", true],
  ["StringEqualsIgnoreCase", "\u039f\u03a3", "\u03bf\u03c3", false],
  ["StringLike", "a*c?", "a/b:cd", true],
  ["StringLike", "a*", "b", false],
  ["StringNotLike", ["a*", "b*"], "bc", false],
  ["StringNotLike", ["a*", "b*"], "c", true],
  ["NumericEquals", "1", "01", true],
  ["NumericEquals", "1", "+1", true],
  ["NumericEquals", "1", "1.0", true],
  ["NumericEquals", "1", "1e0", true],
  ["NumericEquals", "1.", "1", true],
  ["NumericEquals", "-0", "0", true],
  ["NumericEquals", "0.10", "1e-1", true],
  ["NumericEquals", "1", "", false],
  ["NumericEquals", "1", "NaN", false],
  ["NumericEquals", "1", "0x1", false],
  ["NumericEquals", "1", " 1", false],
  ["NumericEquals", "9007199254740993", "9007199254740992", false],
  ["NumericNotEquals", "1", "2", true],
  ["NumericNotEquals", "1", "no-number", true],
  ["NumericNotEquals", "1", "Infinity", true],
  ["NumericNotEquals", "NaN", "no-number", true],
  ["NumericNotEquals", ["1", "2"], "2", false],
  ["NumericLessThan", "9007199254740993", "9007199254740992", true],
  ["NumericLessThan", "-1", "-2", true],
  ["NumericLessThan", "-1", "-20", true],
  ["NumericLessThan", "-20", "-1", false],
  ["NumericLessThan", "3600", "3600", false],
  ["NumericLessThan", "3600", "no-number", false],
  ["NumericLessThan", "100", "20", true],
  ["NumericLessThanEquals", "3600", "3600", true],
  ["NumericGreaterThan", "0.5", "0.51", true],
  ["NumericGreaterThan", "-2", "-1", true],
  ["NumericGreaterThan", "1", "no-number", false],
  ["NumericGreaterThanEquals", "1", "1", true],
  ["DateEquals", "2030-01-01T00:00:00Z", "2030-01-01T00:00:00Z", true],
  ["DateEquals", "2030-01-01T00:00:00Z", "1893456000", true],
  ["DateEquals", "2030-01-01T00:00:00Z", "+1893456000", true],
  ["DateEquals", "2030-01-01T00:00:00Z", "2030-01-01", true],
  ["DateEquals", "2030-01-01T00:00:00Z", "2030-01-01T00:00:00", true],
  ["DateEquals", "2030-01-01T00:00:00Z", "2030-01-01T01:00:00+01:00", true],
  ["DateEquals", "2030-01-01T00:00:00Z", "2029-12-31T22:30:00-0130", true],
  ["DateEquals", "2030-01-01T00:00:00Z", "2030-01", true],
  ["DateEquals", "2030-01-01T00:00:00Z", "2030-001", true],
  ["DateEquals", "2030-01-01T00:00:00Z", "2030-W01-2", true],
  ["DateEquals", "2030-01-01T00:00:00Z", "2030-01-01T00:00:00.0001Z", true],
  ["DateEquals", "2030-01-01T00:00:00.1231Z", "2030-01-01T00:00:00.1239Z", true],
  ["DateEquals", "2030-01-01T00:00:00.123Z", "2030-01-01T00:00:00.124Z", false],
  ["DateEquals", "2030-01-01T00:00:00Z", "not-a-date", false],
  ["DateEquals", "2030-01-01T00:00:00Z", "", false],
  ["DateEquals", "2030-02-30", "2030-03-02", false],
  ["DateEquals", "2024-02-29", "1709164800", true],
  ["DateNotEquals", "2030-01-01T00:00:00Z", "not-a-date", true],
  ["DateNotEquals", "not-a-date", "2030-01-01T00:00:00Z", true],
  ["DateNotEquals", "2030-01-01T00:00:00Z", "2030-01-02T00:00:00Z", true],
  ["DateLessThan", "2030-01-01T00:00:00Z", "2029-12-31T23:59:59.999Z", true],
  ["DateLessThan", "2030-01-01T00:00:00Z", "2030-01-01T00:00:00Z", false],
  ["DateLessThanEquals", "2030-01-01T00:00:00Z", "2030-01-01T00:00:00Z", true],
  ["DateGreaterThan", "2030-01-01", "not-a-date", false],
  ["DateGreaterThan", "01T", "2030-01-01", true],
  ["DateGreaterThan", "2030-01-01T10:00+02:00", "2030-01-01T08:00:01Z", true],
  ["DateGreaterThanEquals", "1893456000", "2030-01-01T00:00:00Z", true],
  ["Bool", "true", "TRUE", true],
  ["Bool", "TRUE", "true", true],
  ["Bool", "true", "yes", false],
  ["Bool", "true", " true ", false],
  ["Bool", "false", "yes", true],
  ["Bool", "yes", "false", true],
  ["Bool", "false", "", true],
  ["Bool", "false", "true", false],
  ["BinaryEquals", "YQ==", "YQ==", true],
  ["BinaryEquals", "YQ==", "Yg==", false],
  ["BinaryEquals", "YQ==", "YQ", false],
  ["BinaryEquals", "YQ==", "YR==", false],
  ["BinaryEquals", "YQ==", " YQ== ", false],
  ["IpAddress", "192.0.2.0/24", "192.0.2.255", true],
  ["IpAddress", "192.0.2.0/24", "192.0.3.1", false],
  ["IpAddress", "192.0.2.5/24", "192.0.2.1", true],
  ["IpAddress", "192.0.2.0/31", "192.0.2.1", true],
  ["IpAddress", "192.0.2.0/31", "192.0.2.2", false],
  ["IpAddress", "192.0.2.1", "192.0.2.1", true],
  ["IpAddress", "192.0.2.0/0", "203.0.113.1", true],
  ["IpAddress", "192.0.2.0/0", "2001:db8::1", false],
  ["IpAddress", "192.000.002.0/024", "192.0.2.1", true],
  ["IpAddress", "192.0.2.0/+24", "192.000.2.1", true],
  ["IpAddress", "192.0.2.0/33", "192.0.2.1", false],
  ["IpAddress", "192.0.2.0/24", "192.0.2.1/32", false],
  ["IpAddress", "192.0.2.0/24", "::ffff:192.0.2.1", true],
  ["IpAddress", "192.0.2.0/24", "::ffff:c000:201", true],
  ["IpAddress", "::ffff:192.0.2.0/120", "192.0.2.1", false],
  ["IpAddress", "2001:db8::/32", "2001:DB8:0:0::1", true],
  ["IpAddress", "2001:db8::5/64", "2001:db8::5", false],
  ["IpAddress", "2001:db8::4/127", "2001:db8::5", true],
  ["IpAddress", "2001:db8::1", "2001:db8:0:0:0:0:0:1", true],
  ["IpAddress", "::/0", "192.0.2.1", false],
  ["IpAddress", "::/0", "::1", true],
  ["IpAddress", "2001:db8::/32", "2001:db8::1::2", false],
  ["IpAddress", "::/0", "1:2:3:4:5:6:7", false],
  ["IpAddress", "::/0", "1.2.3.4::1", false],
  ["NotIpAddress", "192.0.2.0/24", "192.0.3.1", true],
  ["NotIpAddress", ["192.0.2.0/24", "192.0.3.0/24"], "192.0.3.1", false],
  ["NotIpAddress", "192.0.2.0/24", "2001:db8::1", true],
  ["NotIpAddress", "2001:db8::5/64", "2001:db8::5", true],
  ["NotIpAddress", "192.0.2.0/24", "not-an-ip", false],
  ["NotIpAddress", "192.0.2.0/24", "", false],
  ["NotIpAddress", "not-an-ip", "192.0.2.1", true],
  ["ArnEquals", "arn:aws:iam::*:user/*", "arn:aws:iam::111122223333:user/a/b:c", true],
  ["ArnLike", "arn:aws:iam::*:user/*", "arn:aws:iam::111122223333:role/a", false],
  ["ArnLike", "arn:aws:iam::*:*", "arn:aws:iam:us-east-1:1:x", false],
  ["ArnLike", "arn:aws:*:*:*:user/*", "arn:aws:iam:eu:111122223333:user/a", true],
  ["ArnLike", "arn:aws:i*:user/*", "arn:aws:iam::111122223333:user/a", false],
  ["ArnLike", "arn:aws:iam::*:user/*", "not-an-arn", false],
  ["ArnNotEquals", "arn:aws:iam::*:user/*", "arn:aws:iam::111122223333:role/a", true],
  ["ArnNotLike", "arn:aws:iam::*:user/*", "arn:aws:iam::111122223333:user/a", false],
  ["ArnNotLike", "arn:aws:iam::*:user/*", "not-an-arn", false],
  ["ArnNotLike", "arn:aws:iam::*:user/*", "", false],
  ["Null", "true", "", false],
  ["Null", "false", "", true],
  ["Null", "yes", "x", true],
  ["Null", "TRUE", "x", false],
  ["Null", "false", ["a"], true],
  ["Null", "false", [], true],
  // a multivalued key under a plain operator matches nothing, whatever the operator says
  ["StringEquals", "team", ["team"], false],
  ["StringNotEquals", "team", ["env"], false],
  ["StringEqualsIfExists", "team", ["team"], false],
  ["StringNotEqualsIfExists", "team", ["env"], false],
  ["NotIpAddress", "192.0.2.0/24", ["192.0.3.1"], false],
  ["StringEqualsIfExists", "team", [], false],
  // set quantifiers
  ["ForAnyValue:StringEquals", "team", ["env", "team"], true],
  ["ForAnyValue:StringEquals", "team", ["env"], false],
  ["ForAnyValue:StringEquals", "team", [], false],
  ["ForAnyValue:StringEquals", "team", "team", true],
  ["ForAllValues:StringEquals", "team", ["team"], true],
  ["ForAllValues:StringEquals", "team", ["team", "env"], false],
  ["ForAllValues:StringEquals", ["team", "env"], ["team", "env"], true],
  ["ForAllValues:StringEquals", "team", [], true],
  ["ForAllValues:StringEquals", "team", "", false],
  ["ForAnyValue:StringNotEquals", "team", ["team"], false],
  ["ForAnyValue:StringNotEquals", "team", ["team", "env"], true],
  ["ForAllValues:StringNotEquals", "team", ["env"], true],
  ["ForAllValues:StringNotEquals", "team", ["team", "env"], false],
  ["ForAnyValue:NumericEquals", "1", ["no-number", "1"], true],
  ["ForAllValues:NumericEquals", "1", ["no-number", "1"], false],
  ["ForAllValues:NumericNotEquals", "1", ["no-number", "2"], true],
  ["ForAnyValue:StringLikeIfExists", "t*", ["team"], true],
];

for (const [operator, wanted, seen, expected] of CASES) {
  const sentence = `${operator} ${JSON.stringify(wanted)} ${expected ? "holds" : "does not hold"} for ${JSON.stringify(seen)}`;
  test(sentence, () => assert.equal(holds(operator, wanted, seen), expected));
}

test("the cases ask every operator", () => {
  const asked = new Set(CASES.map(([operator]) => operator.replace(/^For\w+:|IfExists$/g, "")));
  assert.deepEqual(
    Object.keys(OPERATORS).filter((name) => !asked.has(name)),
    [],
  );
});

const NEGATED = /Not(?:Equals|Like|IpAddress)|NotIpAddress/;
const A_VALUE = new Map([
  ["text", "a"],
  ["number", "1"],
  ["date", "2030-01-01"],
  ["boolean", "true"],
  ["base64", "YQ=="],
  ["network", "192.0.2.0/24"],
  ["arn", "arn:aws:iam::111122223333:user/a"],
]);

for (const [name, row] of Object.entries(OPERATORS)) {
  if (name === "Null") continue;
  for (const [operator, expected] of [
    [name, NEGATED.test(name)],
    [`${name}IfExists`, true],
    [`ForAllValues:${name}`, true],
    [`ForAllValues:${name}IfExists`, true],
    [`ForAnyValue:${name}`, false],
    [`ForAnyValue:${name}IfExists`, true],
  ] as const) {
    test(`${operator} ${expected ? "holds" : "does not hold"} where its key is absent`, () => {
      assert.equal(holds(operator, A_VALUE.get(row.takes) ?? "", undefined), expected);
    });
  }
}

test("Null asks whether the key is absent", () => {
  assert.equal(holds("Null", "true", undefined), true);
  assert.equal(holds("Null", "false", undefined), false);
});

test("what is no ARN in the policy grants nothing and denies, in the order of the values", () => {
  const [user, role] = ["arn:aws:iam::*:user/*", "arn:aws:iam::*:role/*"];
  const seen = "arn:aws:iam::111122223333:user/a";
  for (const [operator, wanted, allows, denies] of [
    ["ArnLike", ["not-an-arn", user], false, true],
    ["ArnLike", [user, "not-an-arn"], true, true],
    ["ArnLike", [role, "not-an-arn"], false, true],
    ["ArnNotLike", ["not-an-arn", user], false, true],
    ["ArnNotLike", [user, "not-an-arn"], false, false],
    ["ArnNotLike", [role, "not-an-arn"], false, true],
  ] as const) {
    assert.equal(holds(operator, wanted, seen, "Allow"), allows, `Allow ${operator} ${wanted}`);
    assert.equal(holds(operator, wanted, seen, "Deny"), denies, `Deny ${operator} ${wanted}`);
    assert.equal(holds(operator, wanted.slice(0, 1), "not-an-arn", "Deny"), false);
  }
});

test("keys are matched without regard to case, operators with it", () => {
  assert.equal(holds("StringEquals", "a", "a"), true);
  assert.equal(parseOperator("stringEquals"), undefined);
  assert.equal(parseOperator("STRINGEQUALS"), undefined);
});

for (const [written, expected] of [
  ["StringLike", [undefined, false]],
  ["StringLikeIfExists", [undefined, true]],
  ["ForAnyValue:StringLikeIfExists", ["ForAnyValue", true]],
  ["ForAllValues:Bool", ["ForAllValues", false]],
  ["Null", [undefined, false]],
  ["NullIfExists", undefined],
  ["ForAnyValue:Null", undefined],
  ["IfExists", undefined],
  ["StringLikeIfExistsIfExists", undefined],
  ["ForAnyValue:ForAllValues:StringLike", undefined],
  ["ForSomeValues:StringLike", undefined],
  ["forAnyValue:StringLike", undefined],
  ["StringLike ", undefined],
  ["__proto__", undefined],
  ["constructor", undefined],
  ["", undefined],
] as const) {
  test(`\`${written}\` is ${expected === undefined ? "no operator" : "an operator"}`, () => {
    const parsed = parseOperator(written);
    assert.deepEqual(parsed && [parsed.quantifier, parsed.ifExists], expected);
  });
}
