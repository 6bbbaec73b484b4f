import assert from "node:assert/strict";
import { test } from "node:test";
import type { QueryServiceName } from "#model/services.ts";
import { decodeInput } from "#wire/query/decode.ts";
import { modelOf } from "./sdk.ts";

interface Case {
  readonly operation: string;
  readonly service?: QueryServiceName;
  readonly params: readonly (readonly [string, string])[];
  /** The input, or undefined where the request is malformed. */
  readonly want: object | undefined;
  /** What is said of a malformed one, where AWS's sentence is recorded. */
  readonly sentence?: string;
}

const user = (...params: Case["params"]) => ({ operation: "CreateUser", params });
const untag = (...params: Case["params"]) => ({ operation: "UntagUser", params });
const keys = (...indices: readonly string[]) =>
  untag(...indices.map((index) => [`TagKeys.member.${index}`, index] as const));
const session = (DurationSeconds: string): Omit<Case, "want"> => ({
  operation: "GetSessionToken",
  service: "sts",
  params: [["DurationSeconds", DurationSeconds]],
});
const reset = (text: string) => ({
  operation: "CreateLoginProfile",
  params: [["PasswordResetRequired", text]] as const,
});
const ONE_TO_TEN = Array.from({ length: 10 }, (_, at) => String(at + 1));
const INDEX_TWICE = "Two index elements may not occur back to back";
const LIST = "Start of list found where not expected";
const sparse = (skipped: number) => `Excessively sparse input would skip ${skipped} list elements`;
const nulls = (count: number): null[] => Array.from({ length: count }, () => null);
const properties = (...params: Case["params"]) => ({
  operation: "PutAccountProperties",
  params: params.map(([name, text]) => [`Properties.${name}`, text] as const),
});

/** Contract 4.2, "index parsing", "integers", "booleans"; 11. */
const CASES: readonly Case[] = [
  { ...user(), want: {} },
  { ...user(["UserName", "alice"], ["Path", ""]), want: { UserName: "alice", Path: "" } },
  { ...user(["Nobody", "x"], ["username", "x"], ["Nobody.member.1", "x"], ["", "x"], [".", "x"]), want: {} },
  {
    ...user(["__proto__", "x"], ["constructor", "x"], ["__proto__.member.1", "x"], ["toString.x", "y"]),
    want: {},
  },
  { ...user(["UserName.x", "alice"]), want: undefined },
  { ...user(["UserName.member.1", "alice"]), want: undefined },
  { ...user(["1", "x"]), want: undefined },
  // structures in lists
  {
    ...user(["Tags.member.1.Key", "k"], ["Tags.member.1.Value", "v"], ["Tags.member.2.Key", "l"]),
    want: { Tags: [{ Key: "k", Value: "v" }, { Key: "l" }] },
  },
  {
    ...user(["Tags.member.2.Key", "l"], ["Tags.member.1.Key", "k"]),
    want: { Tags: [{ Key: "k" }, { Key: "l" }] },
  },
  { ...user(["Tags.member.1.Nobody", "x"], ["Tags.member.1.__proto__", "x"]), want: { Tags: [{}] } },
  { ...user(["Tags.member.1", "x"]), want: undefined },
  { ...user(["Tags.member.1.Key.x", "y"]), want: undefined },
  { ...user(["Tags.member.1.2.Key", "k"]), want: undefined, sentence: INDEX_TWICE },
  { ...user(["Tags.member.1.1", "k"]), want: undefined },
  {
    ...user(["Tags.member.01.Key", "k"], ["Tags.member.1.Value", "v"]),
    want: { Tags: [{ Key: "k", Value: "v" }] },
  },
  { ...user(["Tags.member.01.Key", "k"], ["Tags.member.1.Key", "k"]), want: undefined },
  { ...user(["Tags.1.Key", "k"]), want: undefined },
  { ...user(["Tags.entry.1.Key", "k"]), want: undefined },
  { ...user(["Tags.member", "k"]), want: undefined },
  { ...user(["Tags.member.Key", "k"]), want: { Tags: [{}] } },
  { ...user(["Tags.member.one.Key", "k"], ["Tags.member.one.Value", "v"]), want: { Tags: [{}] } },
  { ...user(["Tags.member.+1.Key", "k"]), want: { Tags: [{}] } },
  { ...user(["Tags.member.1.+2.Key", "k"]), want: { Tags: [{}] } },
  {
    ...user(["Tags.member.1.Key", "k"], ["Tags.member.one.Key", "x"]),
    want: { Tags: [{ Key: "k" }] },
  },
  { ...user(["Tags.__proto__.1.Key", "k"]), want: undefined },
  // lists
  { ...untag(["TagKeys", ""]), want: { TagKeys: [] } },
  { ...untag(["TagKeys", ""], ["TagKeys.member.1", "a"]), want: { TagKeys: ["a"] } },
  { ...untag(["TagKeys", "a"]), want: undefined },
  { ...untag(["TagKeys.member.1", ""]), want: { TagKeys: [""] } },
  { ...untag(["TagKeys.member.1.2", "a"]), want: undefined, sentence: INDEX_TWICE },
  { ...keys("2", "1"), want: { TagKeys: ["1", "2"] } },
  { ...keys("01"), want: { TagKeys: ["01"] } },
  { ...keys("000000000000000000000001"), want: { TagKeys: ["000000000000000000000001"] } },
  { ...keys("0"), want: undefined, sentence: "0 is not a valid index" },
  { ...keys("00"), want: undefined, sentence: "0 is not a valid index" },
  { ...keys("-1"), want: undefined, sentence: "Key -1 may not have a leading '-'" },
  { ...keys("+1"), want: undefined, sentence: LIST },
  { ...keys("1.5"), want: undefined },
  { ...keys("1e1"), want: undefined },
  { ...keys(" 1"), want: undefined },
  { ...keys("x"), want: undefined, sentence: LIST },
  { ...keys(""), want: undefined },
  { ...keys("length"), want: undefined },
  { ...keys("10"), want: { TagKeys: [...nulls(9), "10"] } },
  { ...keys("11"), want: { TagKeys: [...nulls(10), "11"] } },
  { ...keys("12"), want: undefined, sentence: sparse(11) },
  { ...keys("49"), want: undefined, sentence: sparse(48) },
  { ...keys("1", "11"), want: { TagKeys: ["1", ...nulls(9), "11"] } },
  { ...keys("1", "12"), want: undefined, sentence: sparse(11) },
  { ...keys("12", "1"), want: undefined, sentence: sparse(11) },
  { ...keys("1", "8", "15"), want: { TagKeys: ["1", ...nulls(6), "8", ...nulls(6), "15"] } },
  { ...keys("1", "22", "43"), want: undefined, sentence: sparse(21) },
  { ...keys(...ONE_TO_TEN, "21"), want: undefined, sentence: sparse(11) },
  { ...keys(...ONE_TO_TEN, "22"), want: undefined, sentence: sparse(12) },
  { ...keys("10", "20"), want: { TagKeys: [...nulls(9), "10", ...nulls(9), "20"] } },
  { ...keys("4294967296"), want: undefined },
  { ...keys("9".repeat(400)), want: undefined },
  // integers
  { ...session("900"), want: { DurationSeconds: 900 } },
  { ...session("+0900"), want: { DurationSeconds: 900 } },
  { ...session("-1"), want: { DurationSeconds: -1 } },
  { ...session("-0"), want: { DurationSeconds: 0 } },
  { ...session("2147483647"), want: { DurationSeconds: 2_147_483_647 } },
  { ...session("-2147483648"), want: { DurationSeconds: -2_147_483_648 } },
  ...[
    "2147483648",
    "-2147483649",
    "",
    " 900",
    "900 ",
    "900\n",
    "9.0",
    "9e2",
    "0x10",
    "٣",
    "+",
    "++1",
    "NaN",
    "Infinity",
  ].map((text) => ({ ...session(text), want: undefined })),
  // booleans
  { ...reset("true"), want: { PasswordResetRequired: true } },
  { ...reset("1"), want: { PasswordResetRequired: true } },
  { ...reset("false"), want: { PasswordResetRequired: false } },
  { ...reset("0"), want: { PasswordResetRequired: false } },
  ...["True", "TRUE", "", "null", "yes", " true", "01", "constructor"].map((text) => ({
    ...reset(text),
    want: undefined,
  })),
  // maps
  { ...properties(["entry.1.key", "a"], ["entry.1.value", "b"]), want: { Properties: { a: "b" } } },
  {
    ...properties(["entry.1.value", "b"], ["entry.1.key", "__proto__"]),
    want: { Properties: { ["__proto__"]: "b" } },
  },
  { operation: "PutAccountProperties", params: [["Properties", ""]], want: { Properties: {} } },
  { ...properties(["entry.1.key", "a"]), want: undefined },
  { ...properties(["entry.1.value", "a"]), want: undefined },
  { ...properties(["entry.2.key", "a"], ["entry.2.value", "b"]), want: undefined },
  { ...properties(["member.1.key", "a"], ["member.1.value", "b"]), want: undefined },
  {
    ...properties(["entry.1.key", "a"], ["entry.1.value", "b"], ["entry.2.key", "a"], ["entry.2.value", "b"]),
    want: undefined,
  },
  // an operation without input
  { operation: "GetAccountSummary", params: [["x", "y"]], want: {} },
  // deeper than deep
  { ...user([`UserName${".x".repeat(100_000)}`, "y"]), want: undefined },
  { ...user([`Nobody${".1".repeat(100_000)}`, "y"]), want: {} },
];

for (const { operation, service = "iam", params, want, sentence } of CASES) {
  test(`decode: ${operation} ${JSON.stringify(params).slice(0, 100)}`, async () => {
    const outcome = decodeInput(await modelOf(service, operation), new Map(params));
    if (want === undefined) {
      assert.deepEqual(outcome.ok ? outcome.value : [outcome.error.code, outcome.error.status], [
        "MalformedInput",
        400,
      ]);
      if (sentence !== undefined) assert.equal(outcome.ok || outcome.error.message, sentence);
    } else {
      assert.ok(outcome.ok, outcome.ok ? "" : outcome.error.message);
      // maps have no prototype
      assert.deepEqual(JSON.parse(JSON.stringify(outcome.value)), JSON.parse(JSON.stringify(want)));
    }
  });
}

test("decode: missing positions of a list of structures are null", async () => {
  const outcome = decodeInput(await modelOf("iam", "CreateUser"), new Map([["Tags.member.3.Key", "k"]]));
  assert.deepEqual(outcome.ok && outcome.value, { Tags: [null, null, { Key: "k" }] });
});
