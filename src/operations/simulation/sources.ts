import { isAwsManaged } from "#identity/arns.ts";
import type { Arn } from "#identity/ids.ts";
import { managedPolicy } from "#policy/managed/managed.ts";
import type { EntityKind, Grants, InlineGrant, ManagedGrant } from "#ports/policies.ts";
import type { Reader } from "#ports/store.ts";
import type { Holder } from "../holders.ts";
import { defaultDocument, nameOfPolicy } from "../policies.ts";
import { type SimulatedPolicy, storedPolicy } from "./policies.ts";

/** An inline policy of a principal or of one of his groups. */
export interface InlineSource {
  readonly kind: "inline";
  readonly policyName: string;
  readonly document: string;
  readonly holderKind: EntityKind;
  readonly holderName: string;
}

export interface ManagedSource {
  readonly kind: "managed";
  readonly arn: Arn;
  /** Undefined for AWS's own. */
  readonly document: string | undefined;
}

export type PolicySource = InlineSource | ManagedSource;

/** All policies of a principal as they are now. */
export interface Sources {
  readonly identity: readonly PolicySource[];
  readonly boundary: ManagedSource | undefined;
}

/** More than one user, group or role may have of anything. */
const ALL = { limit: 10_000 };

export async function loadSources(store: Reader, holder: Holder): Promise<Sources> {
  const { kind, accountId, id } = holder;
  const grants =
    kind === "group" ? await groupGrants(store, holder) : await store.grants.load(accountId, kind, id);
  const managed = new Map(grants.managed.map((grant) => [grant.arn, grant]));
  return {
    identity: [
      ...grants.inline.map((grant) => inlineSource(holder, grant)),
      // one that comes by several ways is there once
      ...[...managed.values()].map(managedSource),
    ],
    boundary: grants.boundary && managedSource(grants.boundary),
  };
}

const inlineSource = (
  { kind, name }: Holder,
  { policyName, document, group }: InlineGrant,
): InlineSource => ({
  kind: "inline",
  policyName,
  document,
  holderKind: group === undefined ? kind : "group",
  holderName: group?.groupName ?? name,
});

const managedSource = ({ arn, document }: Pick<ManagedGrant, "arn" | "document">): ManagedSource => ({
  kind: "managed",
  arn,
  document,
});

async function groupGrants(store: Reader, { accountId, id }: Holder): Promise<Grants> {
  const inline = await store.inlinePolicies.list({ kind: "group", accountId, id }, ALL);
  const arns = await store.attachments.listFor(accountId, id, ALL);
  const managed = await Promise.all(
    arns.map(async (arn) => ({
      arn,
      document: isAwsManaged(arn) ? undefined : await defaultDocument(store, accountId, arn),
      group: undefined,
    })),
  );
  return { inline: inline.map((row) => ({ ...row, group: undefined })), managed, boundary: undefined };
}

/** Under the names that AWS's simulator gives them (recorded 2026). */
export function policyOf(source: PolicySource): SimulatedPolicy {
  if (source.kind === "managed") {
    const text = source.document ?? managedPolicy(source.arn)?.document ?? "";
    return storedPolicy(nameOfPolicy(source.arn), text);
  }
  const { holderKind, holderName, policyName, document } = source;
  return storedPolicy(`${holderKind}_${holderName}_${policyName}`, document);
}
