import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compilePattern, matchesPattern, matchesUnits } from "#policy/pattern.ts";

const matches = (pattern: string, text: string): boolean => matchesPattern(compilePattern(pattern), text);

for (const [pattern, text, expected] of [
  ["*", "", true],
  ["**", "anything", true],
  ["", "", true],
  ["", "a", false],
  ["a", "A", false],
  ["a*", "a", true],
  ["a*b", "ab", true],
  ["a*b", "a/b:c/b", true],
  ["a*b", "a\nb", true],
  ["a*b", "abc", false],
  ["a*a", "a", false],
  ["*ab*ab", "abab", true],
  ["*ab*ab", "ab", false],
  ["a?c", "abc", true],
  ["a?c", "ac", false],
  ["?", "", false],
  ["*?", "", false],
  ["?*b", "ab", true],
  ["*a?b*", "xxaayb-aab", true],
  // contract 9.1: `?` counts UTF-16 units; brackets and backslashes are themselves
  ["a?b", "a\u{10400}b", false],
  ["a??b", "a\u{10400}b", true],
  ["\u{10400}?", "\u{10400}x", true],
  ["[ab]", "a", false],
  ["[ab]", "[ab]", true],
  ["a\\*", "a*", false],
  ["a\\*", "a\\anything", true],
  ["a.c", "abc", false],
  ["^a$", "a", false],
] as const) {
  test(`${JSON.stringify(pattern)} ${expected ? "matches" : "does not match"} ${JSON.stringify(text)}`, () => {
    assert.equal(matches(pattern, text), expected);
  });
}

/** By the definition of the two wildcards alone. */
function defined(pattern: string, text: string): boolean {
  const [first, rest] = [pattern[0], pattern.slice(1)];
  if (first === undefined) return text === "";
  if (first === "*") return defined(rest, text) || (text !== "" && defined(pattern, text.slice(1)));
  return text !== "" && (first === "?" || first === text[0]) && defined(rest, text.slice(1));
}

test("a pattern matches what its wildcards' definition says", () => {
  const letters = (alphabet: string[], maxLength: number) =>
    fc.array(fc.constantFrom(...alphabet), { maxLength }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(letters(["a", "b", "*", "?"], 8), letters(["a", "b", "*"], 10), (pattern, text) => {
      assert.equal(matches(pattern, text), defined(pattern, text));
    }),
    { numRuns: 5_000 },
  );
});

/** How many units of a text of `a`s are read before the answer. */
function reads(pattern: string, length: number): number {
  let count = 0;
  const text = {
    length,
    charCodeAt: () => {
      count++;
      return 97;
    },
  };
  const compiled = compilePattern(pattern);
  if (compiled.kind !== "glob") throw new Error(`\`${pattern}\` is no glob`);
  matchesUnits(compiled, text);
  return count;
}

for (const [pattern, segment] of [
  [`${"*a".repeat(20)}*b`, 1],
  [`${"*a".repeat(200)}*b*`, 1],
  [`${"*a?a".repeat(50)}*ab*`, 3],
  [`*${"a".repeat(50)}b*`, 51],
  [`${"*?".repeat(300)}*b`, 1],
] as const) {
  test(`${pattern.slice(0, 20)}… reads no more than text times longest segment, and twice as much for twice the text`, () => {
    const [once, twice] = [reads(pattern, 4_000), reads(pattern, 8_000)];
    assert.ok(once <= 4_001 * segment, `${once} reads`);
    assert.ok(twice <= 2.1 * once + segment, `${once} reads, then ${twice}`);
  });
}
