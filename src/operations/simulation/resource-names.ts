import { lookUp, table } from "#base/table.ts";
import { serviceOf } from "#policy/compile.ts";

/** The form of a service's ARNs as AWS's simulator writes it (recorded 2026); here for the services that were seen. */
const TEMPLATES = table<string, string>({
  iam: arnOf("iam::", "{Account}:", "{ResourceType}/", "{ResourceName}"),
  sts: arnOf("iam::", "{Account}:", "{RelativeId}"),
  s3: arnOf("s3:::", "{BucketName}/", "{KeyName}"),
  sqs: arnOf("sqs:", "{Region}:", "{Account}:", "{QueueName}"),
  kms: arnOf("kms:", "{Region}:", "{Account}:", "{ResourceType}/", "{Id}"),
  lambda: arnOf("lambda:", "{Region}:", "{Account}:", "{ResourceType}:", "{ResourceId}"),
  ec2: arnOf("ec2:", "{Region}:", "{Account}:", "{ResourceType}/", "{ResourcePath}"),
});

/** The braces' dollar signs are put here: in a literal they would look like a template's. */
function arnOf(service: string, ...parts: readonly string[]): string {
  return `arn:aws:${service}${parts.map((part) => `$${part}`).join("")}`;
}

/**
 * What an action's result is called: the one resource it was about, the form of its service's ARNs where there were several,
 * or `*` where there was none or the form is not known.
 */
export function resultName(action: string, resources: readonly string[] | undefined): string {
  const [first = "*", ...others] = resources ?? [];
  if (others.length === 0) return first;
  return lookUp(TEMPLATES, serviceOf(action.toLowerCase()) ?? "") ?? "*";
}
