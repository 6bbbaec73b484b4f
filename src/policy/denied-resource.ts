import { lookUp, type Table, table } from "#base/table.ts";

/**
 * How AWS names a resource in a denial by IAM. Most operations are older than ARNs in sentences and say `user NAME`, `role NAME`,
 * `group NAME`, `policy ARN`; those that make something, list all of a kind or speak of tags and devices say the ARN (as AWS's
 * answers stand in public issues, 2017 to 2026).
 */
export function deniedResource(action: string, resource: string): string {
  const name = action.toLowerCase();
  if (name in BY_POLICY_NAME) return `policy ${lastPart(resource)}`;
  if (name in BY_PATH) return "policy path /";
  if (!name.startsWith("iam:") || BY_ARN.test(name)) return resource;
  const [, kind] = /^arn:[^:]*:iam::[^:]*:(user|group|role|policy)\/.*[^/]$/.exec(resource) ?? [];
  const says = kind === undefined ? undefined : lookUp(KINDS, kind);
  return says === undefined ? resource : says(resource);
}

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

const KINDS: Table<(arn: string) => string> = table({
  user: (arn: string) => `user ${lastPart(arn)}`,
  group: (arn: string) => `group ${lastPart(arn)}`,
  role: (arn: string) => `role ${lastPart(arn)}`,
  policy: (arn: string) => `policy ${arn}`,
});

const BY_POLICY_NAME = table({ "iam:createpolicy": true });
const BY_PATH = table({ "iam:listpolicies": true });
const BY_ARN =
  /^iam:(?:create(?:user|group|role|servicelinkedrole)$|(?:un)?tag|passrole$|simulate|getcontextkeys)/;
