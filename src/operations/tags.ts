import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { mergeTags, type Tag, type TagKeys, tagKey } from "#identity/tags.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Call } from "./call.ts";
import type { OperationContext } from "./operation.ts";

/** Contract 8: tags per resource. */
const MAX_TAGS = 50;

/** Recorded for users and roles, and for policies; inferred for devices, whose keys too differ by case. */
const DUPLICATE: Readonly<Record<TagKeys, string>> = {
  folded: "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  exact: "Duplicate tag keys found.",
};

/** A tag as the wire hands it over; the validator has seen to it that both members are there. */
export interface TagInput {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/**
 * `current` with `added` laid over it, or why not: reserved keys, duplicate keys, more tags than a resource may have. Asked
 * after authorization (contract 1.3, order of checks).
 */
export function checkTags(
  current: readonly Tag[],
  added: readonly TagInput[] | undefined,
  keys: TagKeys = "folded",
): Outcome<readonly Tag[], ServiceError> {
  const tags = (added ?? []).map(({ Key = "", Value = "" }) => ({ Key, Value }));
  const problem = reservedKey(tags.map(({ Key }) => Key)) ?? duplicateKey(tags, keys);
  if (problem !== undefined) return refuse(problem);
  const merged = mergeTags(current, tags, keys);
  if (merged.length > MAX_TAGS) {
    return refuse(serviceError("LimitExceeded", "The number of tags has reached the maximum limit."));
  }
  return accept(merged);
}

/** As `checkTags`, of a call that does nothing but tag; recorded for users: an empty list is refused, odd space included. */
export const checkTagging = (
  current: readonly Tag[],
  added: readonly TagInput[] | undefined,
  keys?: TagKeys,
): Outcome<readonly Tag[], ServiceError> =>
  added?.length === 0
    ? refuse(serviceError("InvalidInput", "Error occurred while validating input. "))
    : checkTags(current, added, keys);

function duplicateKey(tags: readonly Tag[], keys: TagKeys): ServiceError | undefined {
  const different = new Set(tags.map(({ Key }) => tagKey(Key, keys)));
  return different.size === tags.length ? undefined : serviceError("InvalidInput", DUPLICATE[keys]);
}

function reservedKey(keys: readonly string[]): ServiceError | undefined {
  if (!keys.some((key) => key.toLowerCase().startsWith("aws:"))) return undefined;
  return serviceError("InvalidInput", "Tag keys beginning with aws: are reserved for system use.");
}

/** What carries tags: a user, role, policy or device. */
interface Tagged {
  readonly tags: readonly Tag[];
}

/** What policies can ask of a call about something that may carry tags. */
export const taggedContext = (_call: Call, _input: object, target: Tagged | undefined): OperationContext => ({
  resourceTags: target?.tags,
});

/** As `taggedContext`, of a call that gives tags. */
export const taggingContext = (
  _call: Call,
  { Tags }: { readonly Tags?: readonly TagInput[] | undefined },
  target?: Tagged,
): OperationContext => ({
  requestTags: Tags?.map(({ Key, Value }) => ({ Key, Value })),
  resourceTags: target?.tags,
});

/** As `taggedContext`, of a call that takes tags away: it names keys alone. */
export const untaggingContext = (
  _call: Call,
  { TagKeys }: { readonly TagKeys?: readonly string[] | undefined },
  target: Tagged | undefined,
): OperationContext => ({
  requestTags: TagKeys?.map((Key) => ({ Key, Value: undefined })),
  resourceTags: target?.tags,
});
