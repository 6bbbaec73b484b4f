import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { mergeTags, type Tag } from "#identity/tags.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";

/** Contract 8: tags per resource. */
const MAX_TAGS = 50;

/** A tag as the wire hands it over; the validator has seen to it that both members are there. */
export interface TagInput {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/**
 * `current` with `added` laid over it, or why not: duplicate keys, reserved keys, more tags than a resource may have. Asked
 * after authorization (contract 1.3, order of checks).
 */
export function checkTags(
  current: readonly Tag[],
  added: readonly TagInput[] | undefined,
): Outcome<readonly Tag[], ServiceError> {
  const tags = (added ?? []).map(({ Key = "", Value = "" }) => ({ Key, Value }));
  const problem = duplicateKey(tags) ?? reservedKey(tags.map(({ Key }) => Key));
  if (problem !== undefined) return refuse(problem);
  const merged = mergeTags(current, tags);
  if (merged.length > MAX_TAGS) {
    return refuse(serviceError("LimitExceeded", "The number of tags has reached the maximum limit."));
  }
  return accept(merged);
}

function duplicateKey(tags: readonly Tag[]): ServiceError | undefined {
  const keys = new Set(tags.map(({ Key }) => Key.toLowerCase()));
  if (keys.size === tags.length) return undefined;
  return serviceError(
    "InvalidInput",
    "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  );
}

function reservedKey(keys: readonly string[]): ServiceError | undefined {
  if (!keys.some((key) => key.toLowerCase().startsWith("aws:"))) return undefined;
  return serviceError("InvalidInput", "Tag keys cannot start with the reserved prefix aws:");
}
