import { lookUp, table } from "#base/table.ts";
import type { PolicyDocument, PrincipalElement } from "./document.ts";
import type { Draft } from "./draft.ts";

type PrincipalType = PrincipalElement["type"];

/**
 * The forms of one principal (contract 9.1). No wildcard inside an ARN. The unique id of a user or role stands where its
 * owner was deleted.
 */
const FORMS = table<RegExp, PrincipalType>({
  AWS: new RegExp(
    `^(?:\\*|\\d{12}|A(?:IDA|ROA)[A-Z0-9]{12,124}|arn:aws:(?:${[
      "iam::\\d{12}:(?:root|(?:user|role)/[^*?]+)",
      "sts::\\d{12}:(?:assumed-role/[^*?/]+/[^*?/]+|federated-user/[^*?/]+)",
    ].join("|")}))$`,
    "u",
  ),
  Service: /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/,
  Federated: /^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+|arn:aws:iam::\d{12}:(?:saml|oidc)-provider\/[^*?]+)$/i,
  CanonicalUser: /^[0-9a-f]{64}$/,
});

/** How AWS's sentence spells a type. */
const SPELLED = table<string, PrincipalType>({
  AWS: "AWS",
  Service: "SERVICE",
  Federated: "FEDERATED",
  CanonicalUser: "CANONICAL_USER",
});

/** What MalformedPolicyDocument says of a principal that does not exist or can be none. */
export function invalidPrincipal({ type, value }: PrincipalElement): string {
  return `Invalid principal in policy: "${lookUp(SPELLED, type)}":"${value}"`;
}

/**
 * What `Principal` and `NotPrincipal` name under `AWS`, as written and once each, `*` left out: account ids, ARNs, and
 * the unique ids of deleted principals. Their form has been checked, not that they exist.
 */
export function principalArns({ statements }: PolicyDocument): readonly string[] {
  const values = statements.flatMap(({ principals }) => principals?.values ?? []);
  const named = values.filter(({ type, value }) => type === "AWS" && value !== "*");
  return [...new Set(named.map(({ value }) => value))];
}

/** The first principal of no possible form, or a statement that names nobody. Seen on CreateRole, 2020 to 2023, but for the missing field, which is unsure. */
export function principalFault({ statements }: Draft): string | undefined {
  for (const { principals } of statements) {
    if (principals === undefined) return "Missing required field Principal";
    if (principals.values.length === 0) {
      return "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy has a statement with no principals!";
    }
    const wrong = principals.values.find(({ type, value }) => !lookUp(FORMS, type)?.test(value));
    if (wrong?.type === "Federated") {
      return "Federated principals must be valid domain names or SAML metadata ARNs";
    }
    if (wrong !== undefined) return invalidPrincipal(wrong);
  }
  return undefined;
}
