import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parsePolicy } from "#policy/document/parse.ts";
import { policyProblems, type WrittenKind } from "#policy/document/problems.ts";
import { arbitraryPolicy, render } from "./arbitrary.ts";

const one = (statement: string, version = '"Version": "2012-10-17", ') =>
  `{${version}"Statement": [{${statement}}]}`;
const ALLOW = '"Effect": "Allow", "Action": "*", "Resource": "*"';
const NOT_DENIED =
  "Calls signed with access keys have no `aws:MultiFactorAuthPresent`, so this does not deny them. `BoolIfExists` does.";
const LET_IN =
  "Calls signed with access keys have no `aws:MultiFactorAuthPresent`, so this allows them without MFA. `Bool` does not.";

/** A document, and what is found: the text that it stands beside, and the sentence. */
const CASES: readonly (readonly [
  document: string,
  ...found: (readonly [text: string, message: string])[],
])[] = [
  [one(ALLOW)],
  [
    one(
      '"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}',
    ),
  ],
  ["", ["", "This is not JSON: expected a value."]],
  ['{"Version": "2012-10-17", "Statement": [}', ["}", "This is not JSON: expected a value, or `]`."]],
  ['["x"]', ['["x"]', "A policy document is an object: `{ … }`."]],
  ['{"Version": "2012-10-17"}', ['{"Version": "2012-10-17"}', "There is no `Statement`."]],
  ['{"Version": "2012-10-17", "Statement": []}', ["[]", "There is no statement."]],
  ['{"Version": "2012-10-17", "Statement": ["x"]}', ['"x"', "A statement is an object: `{ … }`."]],
  [one(ALLOW, '"Version": "2013-10-17", '), ['"2013-10-17"', '`Version` is `"2012-10-17"`.']],
  [one(ALLOW, ""), ["{", 'Say `"Version": "2012-10-17"`.']],
  [
    one(ALLOW, '"Version": "2012-10-17", "Verison": 1, '),
    ['"Verison"', "`Verison` is no element of a policy document."],
  ],
  [one(`${ALLOW}, "Effect": "Deny"`), ['"Effect"', "`Effect` stands twice."]],
  [one('"Effect": "Alow", "Action": "*", "Resource": "*"'), ['"Alow"', '`Effect` is `"Allow"` or `"Deny"`.']],
  [
    one('"Effect": "Allow", "Action": "*"'),
    ['{"Effect": "Allow", "Action": "*"}', "The statement lacks `Resource`."],
  ],
  [
    one(`${ALLOW}, "NotAction": "*"`),
    [`{${ALLOW}, "NotAction": "*"}`, "The statement has both `Action` and `NotAction`."],
  ],
  [one(`${ALLOW}, "Resorce": "*"`), ['"Resorce"', "`Resorce` is no element of a statement."]],
  [
    one('"Effect": "Allow", "Action": "ListUsers", "Resource": "*"'),
    ['"ListUsers"', "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."],
  ],
  [
    one('"Effect": "Allow", "Action": "*", "Resource": "users"'),
    ['"users"', 'Resource users must be in ARN format or "*".'],
  ],
  [one(`${ALLOW}, "Principal": "*"`), ['"*"', "Policy document should not specify a principal."]],
  [
    one(`${ALLOW}, "Condition": {"Boool": {"aws:SecureTransport": "true"}}`),
    ['"Boool"', "`Boool` is no condition operator."],
  ],
  [
    one(
      `${ALLOW}, "Condition": {"DateLessThan": {"aws:CurrentTime": "soon", "aws:TokenIssueTime": "2026-01-01"}}`,
    ),
    ['"soon"', "The policy failed legacy parsing"],
  ],
  [
    `{"Version": "2012-10-17", "Statement": [{"Sid": "a", ${ALLOW}}, {"Sid": "a", ${ALLOW}}]}`,
    ['"a"', "Statement IDs (SID) in a single policy must be unique."],
  ],
  [
    one('"Effect": "Allow", "Action": "x", "Resource": "y"'),
    ['"x"', "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."],
    ['"y"', 'Resource y must be in ARN format or "*".'],
  ],
  [
    one(
      '"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}',
    ),
    ['"false"', NOT_DENIED],
  ],
  [
    one(
      '"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"AWS:multifactorauthpresent": [false]}}',
    ),
    ["[false]", NOT_DENIED],
  ],
  [
    one(`${ALLOW}, "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}`),
    ['"true"', LET_IN],
  ],
  [one(`${ALLOW}, "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}`)],
  [
    one(
      '"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"NumericGreaterThan": {"aws:MultiFactorAuthAge": "3600"}}',
    ),
    [
      '"3600"',
      "Who has not used MFA at all has no `aws:MultiFactorAuthAge`, so this does not deny him. `NumericGreaterThanIfExists` does.",
    ],
  ],
  [
    one(`${ALLOW}, "Condition": {"NumericLessThanIfExists": {"aws:MultiFactorAuthAge": "3600"}}`),
    [
      '"3600"',
      "Who has not used MFA at all has no `aws:MultiFactorAuthAge`, so this allows him. `NumericLessThan` does not.",
    ],
  ],
];

for (const [document, ...found] of CASES) {
  test(`what is found in ${document.slice(0, 90)}`, () => {
    const problems = policyProblems(document, "identity");
    assert.deepEqual(
      problems.map(({ start, end, message }) => [document.slice(start, end), message]),
      found,
    );
  });
}

test("a trust policy has rules of its own", () => {
  const trust = (statement: string) => `{"Version": "2012-10-17", "Statement": [{${statement}}]}`;
  const shown = (text: string) =>
    policyProblems(text, "trust").map(({ start, end, message }) => [text.slice(start, end), message]);
  assert.deepEqual(
    shown(trust('"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"')),
    [],
  );
  assert.deepEqual(shown(trust('"Effect": "Allow", "Action": "sts:AssumeRole"')), [
    ['{"Effect": "Allow", "Action": "sts:AssumeRole"}', "The statement lacks `Principal`."],
  ]);
  assert.deepEqual(
    shown(trust('"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole", "Resource": "*"')),
    [['"*"', "Has prohibited field Resource"]],
  );
});

test("an error is found where the engine refuses, and nowhere else; places lie in the text", () => {
  const kinds = fc.constantFrom<WrittenKind>("identity", "trust");
  const texts = fc.oneof(
    arbitraryPolicy.map((policy) => render(policy)),
    fc.tuple(arbitraryPolicy, fc.nat(), fc.constantFrom("", "}", '"', "x", "[")).map(([policy, at, put]) => {
      const text = render(policy);
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + put + text.slice(cut + 1);
    }),
    fc.json(),
    fc.string(),
  );
  fc.assert(
    fc.property(texts, kinds, (text, kind) => {
      const problems = policyProblems(text, kind);
      const errors = problems.filter(({ severity }) => severity === "error");
      assert.equal(errors.length === 0, parsePolicy(text, kind).ok);
      for (const { start, end, message } of problems) {
        assert.ok(0 <= start && start <= end && end <= text.length);
        assert.notEqual(message, "");
      }
    }),
    { numRuns: 2000 },
  );
});

test("a large document is looked through in time that grows with it", () => {
  const statements = Array.from({ length: 600 }, (_, at) => `{"Sid":"s${at}",${ALLOW},"Conditon":{}}`);
  const started = performance.now();
  const problems = policyProblems(
    `{"Version":"2012-10-17","Statement":[${statements.join(",")}]}`,
    "identity",
  );
  assert.equal(problems.length, 100);
  assert.ok(performance.now() - started < 2000);
});
