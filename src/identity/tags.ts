/** A tag of a user, role, policy or device. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/**
 * How keys are told apart: without regard to case, kept as written (users, roles), or letter for letter (policies, virtual MFA
 * devices: AWS's page "Tagging IAM resources"; recorded of policies and roles in February 2026).
 */
export type TagKeys = "folded" | "exact";

export const tagKey = (key: string, keys: TagKeys): string => (keys === "folded" ? key.toLowerCase() : key);

/** `current` with `added` laid over it: a key that is there already takes the new spelling and value. */
export function mergeTags(
  current: readonly Tag[],
  added: readonly Tag[],
  keys: TagKeys = "folded",
): readonly Tag[] {
  const merged = new Map(current.map((tag) => [tagKey(tag.Key, keys), tag]));
  for (const tag of added) merged.set(tagKey(tag.Key, keys), tag);
  return [...merged.values()];
}

/** `current` without the keys in `removed`. */
export function withoutTags(
  current: readonly Tag[],
  removed: readonly string[],
  keys: TagKeys = "folded",
): readonly Tag[] {
  const gone = new Set(removed.map((key) => tagKey(key, keys)));
  return current.filter((tag) => !gone.has(tagKey(tag.Key, keys)));
}
