import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { mergeTags, type Tag } from "#identity/tags.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { TagInput } from "../tags.ts";

export interface TagsInput {
  readonly Tags?: readonly TagInput[] | undefined;
  readonly TransitiveTagKeys?: readonly string[] | undefined;
}

/** What a session's tags will be, and which of them go on to the sessions made with it. */
export interface SessionTags {
  readonly tags: readonly Tag[];
  readonly transitiveTagKeys: readonly string[];
}

/** The tags that a call gives over those that its caller's session hands on, which nobody can change; else why not. */
export function sessionTags(
  inherited: readonly Tag[],
  { Tags = [], TransitiveTagKeys = [] }: TagsInput,
): Outcome<SessionTags, ServiceError> {
  const given = Tags.map(({ Key = "", Value = "" }) => ({ Key, Value }));
  const keys = new Set(given.map(folded));
  const transitive = new Set(TransitiveTagKeys.map((key) => key.toLowerCase()));
  const problem =
    keys.size < given.length
      ? DUPLICATE
      : [...keys].some((key) => key.startsWith("aws:"))
        ? RESERVED
        : inherited.some((tag) => keys.has(folded(tag)))
          ? CONFLICT
          : [...transitive].some((key) => !keys.has(key))
            ? NOT_AMONG
            : undefined;
  if (problem !== undefined) return refuse(serviceError("InvalidParameterValue", problem));
  const handedOn = [...inherited, ...given.filter((tag) => transitive.has(folded(tag)))];
  return accept({ tags: mergeTags(inherited, given), transitiveTagKeys: handedOn.map(({ Key }) => Key) });
}

const folded = ({ Key }: Tag): string => Key.toLowerCase();

/** Recorded in April 2025, all but the second, which is IAM's. */
const DUPLICATE = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
const RESERVED = "Tag keys cannot start with the reserved prefix aws:";
const CONFLICT =
  "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.";
const NOT_AMONG = "The specified transitive tag key must be included in the requested tags.";
