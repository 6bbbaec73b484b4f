import { type OwnRefusal, type StringShape, string } from "./constraint.ts";

/**
 * What IAM says of a bad ARN. Recorded in February 2026: a text that is no ARN (AttachRolePolicy) and an ARN of another resource
 * type (PutRolePermissionsBoundary, CreateRole), and that the two have different codes; `Invalid ARN partition` in 2025
 * (AttachRolePolicy). Inferred: that every member that takes a policy's ARN is asked the same, and that a service or region of
 * other than IAM makes a text no ARN (AWS announced in 2024 that it refuses them, and white space).
 */
const noArn = (arn: string): OwnRefusal => ({
  code: "ValidationError",
  sentence: `ARN ${arn} is not valid.`,
});
const noPolicyArn = (arn: string): OwnRefusal => ({
  code: "InvalidInput",
  sentence: `ARN ${arn} is not valid.`,
});
const OTHER_PARTITION: OwnRefusal = { code: "ValidationError", sentence: "Invalid ARN partition" };

const IAM_ARN = /^arn:([a-z-]+):iam::(\S+)$/;
/** A policy's path and name have the alphabet of the model's `policyPathType` and `policyNameType`; neither has a `/` in it. */
const POLICY = /^(?:aws|\d{12}):policy\/(?:[\w.,+@=-]+\/)*[\w+=,.@-]+$/;

function policyArnRefusal(arn: string): OwnRefusal | undefined {
  const [, partition, rest = ""] = IAM_ARN.exec(arn) ?? [];
  if (partition === undefined) return noArn(arn);
  if (partition !== "aws") return OTHER_PARTITION;
  return POLICY.test(rest) ? undefined : noPolicyArn(arn);
}

/** Recorded in 2026 for root, a role session and a text that is no ARN; inferred for all else that is no user, group or role. */
const ENTITY = /^arn:aws:iam::\d{12}:(?:user|group|role)\/\S+$/;
const entityArnRefusal = (arn: string): OwnRefusal | undefined =>
  ENTITY.test(arn)
    ? undefined
    : { code: "InvalidInput", sentence: `Invalid ARN provided in the request: ${arn}` };

/** The name may hold any number of `?` and one `*` (AWS's page on PolicyIdentifier). */
const POLICIES = /^arn:aws:iam::(?:aws|\d{12}):policy\/(?:[\w.,+@=-]+\/)*[\w+=,.@?-]*(?:\*[\w+=,.@?-]*)?$/;

/** A managed policy's, of an account or of AWS. Whether there is such a policy is the operation's question. */
export const policyArn = string({ min: 20, max: 2048, beyond: policyArnRefusal });

/** Of managed policies that are left out of a simulation. */
export const policyArns = string({
  min: 20,
  max: 2048,
  beyond: (arn) => (POLICIES.test(arn) ? undefined : noPolicyArn(arn)),
});

/** Of a user, group or role whose policies are simulated. */
export const entityArn = string({ min: 20, max: 2048, beyond: entityArnRefusal });

const ROLE = /^arn:aws:iam::\d{12}:role\/\S+$/;
const ANY_ARN = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:./s;

/** Recorded in July 2025 for a text that is no ARN; what is said of an ARN of something else is widely known. */
function roleArnRefusal(arn: string): OwnRefusal | undefined {
  if (ROLE.test(arn)) return undefined;
  return {
    code: "ValidationError",
    sentence: ANY_ARN.test(arn) ? "Request ARN is invalid" : `${arn} is invalid`,
  };
}

/** Of a role to be assumed, of any account. `shape` is the model's. */
export const roleArn = (shape: StringShape): StringShape => ({ ...shape, beyond: roleArnRefusal });
