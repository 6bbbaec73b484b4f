import type { Draft } from "./draft.ts";

/** A resource as its six segments; what was not written is `*`, as in AWS's own sentences. */
interface ResourceArn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly rest: string;
  /** How many of the five were written. */
  readonly written: number;
}

const WILDCARD = /[*?]/;

/** What an IAM resource may begin with, in the order of AWS's sentence. */
const IAM_PATHS = [
  "user/",
  "federated-user/",
  "role/",
  "group/",
  "instance-profile/",
  "mfa/",
  "server-certificate/",
  "policy/",
  "sms-mfa/",
  "saml-provider/",
  "oidc-provider/",
  "report/",
  "access-report/",
];

/** Kinds that came later and that the sentence does not name (Service Authorization Reference, IAM). */
const LATER_IAM_PATHS = ["assumed-role/", "delegation-request/"];

/** The region's and the account's form: words with single hyphens between them, wildcards or nothing. No variables. */
const SEGMENT = /^(?:[A-Za-z0-9*?]+(?:-[A-Za-z0-9*?]+)*)?$/;

/**
 * The first resource that is no ARN that may stand there. Format, partition and IAM's region are recorded 2026; the sentences
 * on wildcards in the service, on S3's region and on IAM's paths are from general knowledge, and unsure.
 */
export function resourceFault({ statements }: Draft): string | undefined {
  for (const { resources } of statements) {
    for (const resource of resources?.values ?? []) {
      const fault = faultOf(resource);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

function faultOf(resource: string): string | undefined {
  if (resource === "*") return undefined;
  const arn = readArn(resource);
  if (arn === undefined) return `Resource ${resource} must be in ARN format or "*".`;
  if (!isPartition(arn.partition)) {
    return `Partition "${arn.partition}" is not valid for resource "${written(arn)}".`;
  }
  if (arn.service === "" || WILDCARD.test(arn.service)) {
    return "Resource vendor must be fully qualified and cannot contain regexes.";
  }
  if (arn.service === "iam") return iamFault(arn);
  if (arn.service === "s3" && hasRegion(arn) && arn.account === "") {
    return `Resource ${resource} can not contain region information.`;
  }
  return undefined;
}

function iamFault(arn: ResourceArn): string | undefined {
  if (hasRegion(arn)) {
    // AWS writes the two placeholders just so
    return `IAM resource arn:<partition>:iam:<region>:${arn.account}:${arn.rest} cannot contain region information.`;
  }
  const known = [...IAM_PATHS, ...LATER_IAM_PATHS].some((path) => arn.rest.startsWith(path));
  if (arn.rest === "*" || known) return undefined;
  return `IAM resource path must either be "*" or start with ${IAM_PATHS.join(", ")}.`;
}

/** Whether a resource of our own partition has a region or account of no possible form: the old parser fails on it. */
export function isMisshapen(resource: string): boolean {
  const arn = resource === "*" ? undefined : readArn(resource);
  if (arn === undefined || !isPartition(arn.partition)) return false;
  return !SEGMENT.test(arn.region) || !SEGMENT.test(arn.account);
}

/** What stands before the first colon is not looked at (recorded 2026: `a:b:c` is of the partition `b`). */
function readArn(resource: string): ResourceArn | undefined {
  const [, partition, service = "*", region = "*", account = "*", ...rest] = resource.split(":");
  if (partition === undefined) return undefined;
  return {
    partition,
    service,
    region,
    account,
    rest: rest.length === 0 ? "*" : rest.join(":"),
    written: resource.split(":", 6).length - 1,
  };
}

/** Only one's own partition is valid, and wildcards. */
const isPartition = (partition: string): boolean => partition === "aws" || WILDCARD.test(partition);

const hasRegion = (arn: ResourceArn): boolean => arn.written >= 3 && arn.region !== "";

const written = (arn: ResourceArn): string =>
  `arn:${arn.partition}:${arn.service}:${arn.region}:${arn.account}:${arn.rest}`;
