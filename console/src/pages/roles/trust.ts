/** Who may assume a role, as a form asks it. */
export interface Trusted {
  readonly account: string;
  readonly mfa: boolean;
}

/** The trust policy that lets an account's principals assume the role, as far as their own policies allow it. */
export function trustOf({ account, mfa }: Trusted): string {
  const statement = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "sts:AssumeRole",
    ...(mfa ? { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } } : {}),
  };
  return `${JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, undefined, 2)}\n`;
}

/** Whom a trust policy names, in the order it does; nobody if it cannot be read. */
export function principalsOf(document: string): readonly string[] {
  const statements = listOf(fieldOf(parsed(document), "Statement"));
  const principals = statements
    .filter((statement) => fieldOf(statement, "Effect") === "Allow")
    .flatMap((statement) => namesIn(fieldOf(statement, "Principal")));
  return [...new Set(principals)];
}

const namesIn = (principal: unknown): readonly string[] =>
  (typeof principal === "object" && principal !== null
    ? Object.values(principal).flatMap(listOf)
    : [principal]
  ).filter((name) => typeof name === "string");

/** The twelve digits of a principal that is a whole account. */
export const accountIn = (principal: string): string | undefined =>
  /^(?:arn:aws:iam::(?<arn>\d{12}):root|(?<plain>\d{12}))$/.exec(principal)?.slice(1).find(Boolean);

/** What comes from a server or a person's editor has any shape. */
function parsed(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? // an object that has it
      (value as Record<string, unknown>)[name]
    : undefined;

const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
