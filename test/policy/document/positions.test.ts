import assert from "node:assert/strict";
import { test } from "node:test";
import { statementSpans } from "#policy/document/positions.ts";

const ALLOW = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const DENY = { Effect: "Deny", Action: "s3:PutObject", Resource: "*" };
const policy = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
const pretty = (document: object) => JSON.stringify(document, null, 2);

/** Each as AWS's simulator answered in September 2026, but for those that say so. */
const CASES: readonly (readonly [about: string, text: string, spans: readonly string[]])[] = [
  ["a list of one", JSON.stringify(policy(ALLOW)), ["1:38-1:95"]],
  [
    "the second starts where the first ends",
    JSON.stringify(policy({ ...ALLOW, Sid: "First" }, { ...ALLOW, Sid: "Second" })),
    ["1:38-1:109", "1:109-1:182"],
  ],
  [
    "over lines",
    pretty(policy({ ...ALLOW, Sid: "First" }, { ...DENY, Sid: "Second" })),
    ["3:17-9:6", "9:6-15:6"],
  ],
  [
    "lines that end as on Windows, with white space around",
    ` \r\n${pretty(policy(ALLOW)).replaceAll("\n", "\r\n")}\r\n `,
    ["4:17-9:6"],
  ],
  [
    "a lone statement starts behind its brace",
    '{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}',
    ["1:16-1:77"],
  ],
  ["a lone statement over lines", pretty({ Statement: ALLOW }), ["2:17-6:4"]],
  // not recorded
  ["lines that end as on old Macs", pretty(policy(ALLOW)).replaceAll("\n", "\r"), ["3:17-8:6"]],
  [
    "braces, colons and the word itself in strings, escapes and conditions",
    '{"Id":"Statement","Statement":{"Sid":"}]:{\\"","Condition":{"Bool":{"a:b":["{"]}}},"Version":"x"}',
    ["1:32-1:82"],
  ],
  [
    "the name of the element with an escape",
    '{"\\u0053tatement":[{"Condition":{}},{}]}',
    ["1:20-1:36", "1:36-1:39"],
  ],
];

for (const [about, text, wanted] of CASES) {
  test(about, () => {
    const found = statementSpans(text).map(
      ({ start, end }) => `${start.line}:${start.column}-${end.line}:${end.column}`,
    );
    assert.deepEqual(found, wanted);
  });
}
