import assert from "node:assert/strict";
import { test } from "node:test";
import { type Tag, type TagKeys, withoutTags } from "#identity/tags.ts";
import { checkTags } from "#operations/tags.ts";

const tag = (Key: string, Value = "v"): Tag => ({ Key, Value });
const many = (count: number): readonly Tag[] => Array.from({ length: count }, (_, at) => tag(`key-${at}`));

const DUPLICATE = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
const RESERVED = "Tag keys beginning with aws: are reserved for system use.";
const TOO_MANY = "The number of tags has reached the maximum limit.";

interface Case {
  readonly about: string;
  readonly keys?: TagKeys;
  readonly current: readonly Tag[];
  readonly added: readonly Tag[] | undefined;
  readonly now?: readonly Tag[];
  readonly refused?: readonly [code: string, sentence: string];
}

const CASES: readonly Case[] = [
  { about: "none given", current: [tag("a")], added: undefined, now: [tag("a")] },
  { about: "one more, in order", current: [tag("b")], added: [tag("a")], now: [tag("b"), tag("a")] },
  {
    about: "a key again in other letter case",
    current: [tag("Team", "x"), tag("z")],
    added: [tag("TEAM", "y")],
    now: [tag("TEAM", "y"), tag("z")],
  },
  { about: "an empty value", current: [], added: [tag("a", "")], now: [tag("a", "")] },
  {
    about: "twice the same key",
    current: [],
    added: [tag("a"), tag("a")],
    refused: ["InvalidInput", DUPLICATE],
  },
  {
    about: "twice in other letter case",
    current: [],
    added: [tag("a"), tag("A")],
    refused: ["InvalidInput", DUPLICATE],
  },
  { about: "reserved", current: [], added: [tag("aws:x")], refused: ["InvalidInput", RESERVED] },
  {
    about: "reserved in other letter case",
    current: [],
    added: [tag("AWS:x")],
    refused: ["InvalidInput", RESERVED],
  },
  // recorded from AWS
  {
    about: "reserved and twice",
    current: [],
    added: [tag("aws:x"), tag("aws:x")],
    refused: ["InvalidInput", RESERVED],
  },
  { about: "not reserved", current: [], added: [tag("awsx")], now: [tag("awsx")] },
  { about: "a prototype's name", current: [], added: [tag("__proto__")], now: [tag("__proto__")] },
  { about: "fifty", current: many(49), added: [tag("a")], now: [...many(49), tag("a")] },
  { about: "fifty-one", current: many(50), added: [tag("a")], refused: ["LimitExceeded", TOO_MANY] },
  { about: "fifty, one of them changed", current: many(50), added: [tag("key-0")], now: many(50) },
  // recorded of policies
  {
    about: "a policy's in other letter case",
    keys: "exact",
    current: [tag("a", "x")],
    added: [tag("A", "y")],
    now: [tag("a", "x"), tag("A", "y")],
  },
  {
    about: "a policy's again",
    keys: "exact",
    current: [tag("a", "x")],
    added: [tag("a", "y")],
    now: [tag("a", "y")],
  },
  {
    about: "twice the same key for a policy",
    keys: "exact",
    current: [],
    added: [tag("a"), tag("a")],
    refused: ["InvalidInput", "Duplicate tag keys found."],
  },
  {
    about: "reserved for a policy",
    keys: "exact",
    current: [],
    added: [tag("AWS:x")],
    refused: ["InvalidInput", RESERVED],
  },
];

for (const { about, keys, current, added, now, refused } of CASES) {
  test(`tags: ${about}`, () => {
    const result = checkTags(current, added, keys);
    if (result.ok) assert.deepEqual(result.value, now);
    else assert.deepEqual([result.error.code, result.error.message], refused);
  });
}

test("tags: a policy's is taken away by its very key, another resource's in whatever case", () => {
  const tags = [tag("a"), tag("A"), tag("b")];
  assert.deepEqual(withoutTags(tags, ["a"], "exact"), [tag("A"), tag("b")]);
  assert.deepEqual(withoutTags(tags, ["a"]), [tag("b")]);
});
