import type { Tag } from "../../api/holders.ts";

const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const LONGEST = { key: 128, value: 256 };

export type TagProblem = "empty" | "keyLong" | "valueLong" | "characters" | "reserved" | "twice";

/** What the server would refuse of the key of the tag at `at`, by the rules of AWS. */
export function keyProblem(tags: readonly Tag[], at: number): TagProblem | undefined {
  const { key = "" } = tags[at] ?? {};
  if (key === "") return "empty";
  if (key.length > LONGEST.key) return "keyLong";
  if (!ALLOWED.test(key)) return "characters";
  if (/^aws:/i.test(key)) return "reserved";
  const first = tags.findIndex((other) => other.key.toLowerCase() === key.toLowerCase());
  return first < at ? "twice" : undefined;
}

export function valueProblem({ value }: Tag): TagProblem | undefined {
  if (value.length > LONGEST.value) return "valueLong";
  return ALLOWED.test(value) ? undefined : "characters";
}

export const areTags = (tags: readonly Tag[]): boolean =>
  tags.every((tag, at) => keyProblem(tags, at) === undefined && valueProblem(tag) === undefined);
