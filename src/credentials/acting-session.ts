import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { AccountId, Arn, PrincipalId } from "#identity/ids.ts";
import type { Tag } from "#identity/tags.ts";

/** A session in which somebody acts as a role, or as a federated user. */
export interface ActingSession {
  readonly madeBy: "AssumeRole" | "GetFederationToken";
  /** The role session's name, or the federated user's. */
  readonly name: string;
  /** Who assumed the first role of the chain, or who federated: the session dies with him (DESIGN 3.3). */
  readonly origin: { readonly accountId: AccountId; readonly principalId: PrincipalId };
  readonly sourceIdentity: string | undefined;
  /** Undefined where none were given. */
  readonly policies: SessionPolicies | undefined;
  readonly tags: readonly Tag[];
  /** Of `tags`, those that go on to the sessions made with this one. */
  readonly transitiveTagKeys: readonly string[];
}

export interface SessionPolicies {
  readonly inline: string | undefined;
  readonly managed: readonly Arn[];
}

/** Bytes that what a session carries may take when packed; AWS tells its share of the bound as PackedPolicySize. */
const LARGEST = 2048;
/** Of what was packed by us: far above what fits, for compression may be good. */
const LARGEST_UNPACKED = 1 << 20;

export const packActing = (acting: ActingSession): Uint8Array => deflateRawSync(JSON.stringify(acting));

/** The share of the bound that a session takes, in per cent, rounded up: above 100 it is too large. */
export const packedPercent = (acting: ActingSession): number =>
  Math.ceil((packActing(acting).byteLength * 100) / LARGEST);

/** What `packActing` packed, or undefined. The caller has opened the seal that it lay under. */
export function unpackActing(packed: Uint8Array): ActingSession | undefined {
  try {
    const text = inflateRawSync(packed, { maxOutputLength: LARGEST_UNPACKED }).toString("utf8");
    // the seal proves that we wrote it ourselves, from a value of this very type
    return { ...NOTHING, ...(JSON.parse(text) as ActingSession) };
  } catch {
    return undefined;
  }
}

/** JSON leaves out what is undefined. */
const NOTHING = { sourceIdentity: undefined, policies: undefined };
