import type { ContextEntry, ContextKeyTypeEnum, SimulateCustomPolicyCommandInput } from "@aws-sdk/client-iam";

/** What a simulation is asked, beside what a test always asks. */
export type Input = Partial<SimulateCustomPolicyCommandInput>;
type Statement = Readonly<Record<string, unknown>>;

export const A = "arn:aws:s3:::box/a";
export const B = "arn:aws:s3:::box/b";
export const USER = "arn:aws:iam::123456789012:user/team/ana";
export const OTHERS = "arn:aws:iam::999999999999:root";

export const statement = (change: Statement = {}): Statement => ({
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "*",
  ...change,
});
export const policy = (...Statement: readonly Statement[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement });
export const ALLOW = policy(statement());
export const DENY = policy(statement({ Effect: "Deny" }));
export const OTHER = policy(statement({ Action: "s3:PutObject" }));
export const EVERYTHING = policy(statement({ Action: "*" }));
export const when = (Condition: object, change: Statement = {}) =>
  policy(statement({ Condition, ...change }));
export const granting = (principal: string, change: Statement = {}) =>
  policy(statement({ Resource: "arn:aws:s3:::box/*", Principal: { AWS: principal }, ...change }));

export const given = (key: string, ...values: readonly string[]): ContextEntry => ({
  ContextKeyName: key,
  ContextKeyType: values.length > 1 ? "stringList" : "string",
  ContextKeyValues: [...values],
});
export const typed = (ContextKeyType: ContextKeyTypeEnum, ...values: readonly string[]): ContextEntry => ({
  ...given("x:key", ...values),
  ContextKeyType,
});
