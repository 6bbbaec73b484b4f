/** A tag of a user or device. Keys are unique without regard to case, kept as written. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** `current` with `added` laid over it: a key that is there already, in whatever case, takes the new spelling and value. */
export function mergeTags(current: readonly Tag[], added: readonly Tag[]): readonly Tag[] {
  const merged = new Map(current.map((tag) => [tag.Key.toLowerCase(), tag]));
  for (const tag of added) merged.set(tag.Key.toLowerCase(), tag);
  return [...merged.values()];
}

/** `current` without the keys in `removed`, in whatever case. */
export function withoutTags(current: readonly Tag[], removed: readonly string[]): readonly Tag[] {
  const gone = new Set(removed.map((key) => key.toLowerCase()));
  return current.filter((tag) => !gone.has(tag.Key.toLowerCase()));
}
