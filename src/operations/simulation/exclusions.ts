import type { PolicyIdentifier, PolicyIdentifierPolicyType } from "@aws-sdk/client-iam";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { table } from "#base/table.ts";
import { isAwsManaged } from "#identity/arns.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { compilePattern, matchesPattern } from "#policy/pattern.ts";
import { nameOfPolicy } from "../policies.ts";
import type { InlineSource, ManagedSource, PolicySource, Sources } from "./sources.ts";

type Excludes = (source: PolicySource) => boolean;

/** A boundary goes by its own type alone; organizations' policies are not there (recorded 2026). */
const TYPES = table<Excludes, PolicyIdentifierPolicyType>({
  inline: ({ kind }) => kind === "inline",
  "aws-managed": (source) => source.kind === "managed" && isAwsManaged(source.arn),
  "user-managed": (source) => source.kind === "managed" && !isAwsManaged(source.arn),
  "permission-boundary": () => false,
  scp: () => false,
  rcp: () => false,
});

/** What is left of a principal's policies; what the call itself gives is no part of them. */
export function withoutExcluded(
  { identity, boundary }: Sources,
  identifiers: readonly PolicyIdentifier[] = [],
): Outcome<Sources, ServiceError> {
  if (identifiers.some((identifier) => Object.keys(identifier).length !== 1)) {
    // our own: the clients send no such union
    return refuse(serviceError("InvalidInput", "Each policy identifier must have exactly one member."));
  }
  const excluded = identifiers.map(excludesBy);
  const boundaryGoes = identifiers.some(({ PolicyType }) => PolicyType === "permission-boundary");
  return accept({
    identity: identity.filter((source) => !excluded.some((excludes) => excludes(source))),
    boundary: boundaryGoes ? undefined : boundary,
  });
}

function excludesBy({ PolicyType, PolicyArn, InlinePolicyIdentifier }: PolicyIdentifier): Excludes {
  if (PolicyType !== undefined) return TYPES[PolicyType];
  if (PolicyArn !== undefined) return (source) => source.kind === "managed" && isArn(PolicyArn, source);
  if (InlinePolicyIdentifier === undefined) return () => false;
  const { PolicyName, AttachmentType, AttachmentName = "" } = InlinePolicyIdentifier;
  const isNamed = like(AttachmentName);
  return (source) =>
    source.kind === "inline" &&
    source.policyName === PolicyName &&
    source.holderKind === AttachmentType &&
    isNamed(holderName(source));
}

const holderName = ({ holderName }: InlineSource): string => holderName;

/** AWS's page says the policy's ARN; AWS was seen to take the ARN without the path, and that alone. Both are taken here. */
function isArn(wanted: string, { arn }: ManagedSource): boolean {
  const pathless = arn.slice(0, arn.indexOf("/") + 1) + nameOfPolicy(arn);
  return like(wanted)(arn) || like(wanted)(pathless);
}

function like(text: string): (seen: string) => boolean {
  const pattern = compilePattern(text);
  return (seen) => matchesPattern(pattern, seen);
}
