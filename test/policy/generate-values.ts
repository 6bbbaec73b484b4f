import type { ContextValue } from "#policy/request.ts";

/** Operators of a kind, the forms they are written in, the keys and values that they are given, and what a call may hold. */
interface Family {
  readonly operators: readonly string[];
  /** With `_` for the operator's own name. */
  readonly forms: readonly string[];
  readonly keys: readonly string[];
  readonly values: readonly string[];
  /** What the call may have under the keys that are this family's own. */
  readonly asked: Readonly<Record<string, readonly ContextValue[]>>;
}

/** How a policy writes that a value is put in: a key, a key with its default, or a sign that would mean something. */
export const variable = (name: string): string => `\${${name}}`;

const FORMS = [
  ...[
    "_",
    "_",
    "_IfExists",
    "ForAllValues:_",
    "ForAnyValue:_",
    "ForAllValues:_IfExists",
    "ForAnyValue:_IfExists",
  ],
];
const compared = (family: string): readonly string[] =>
  ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map(
    (name) => family + name,
  );

const ANA = "arn:aws:iam::111111111111:user/ana";
const OPS = "arn:aws:iam::111111111111:role/team/ops";

export const FAMILIES: readonly Family[] = [
  {
    operators: [
      "StringEquals",
      "StringNotEquals",
      "StringEqualsIgnoreCase",
      "StringNotEqualsIgnoreCase",
      "StringLike",
      "StringNotLike",
    ],
    forms: FORMS,
    keys: ["aws:username", "AWS:UserName", "aws:PrincipalTag/team", "aws:TagKeys", "aws:SourceIp"],
    values: [
      ...["ana", "Ana", "red", "*", "", "a*", "?n?", "r?d", "*e*d", "10.0.0.1"],
      ...[
        variable("aws:username"),
        variable("aws:PrincipalTag/Team"),
        variable("aws:PrincipalTag/team, 'red'"),
        variable("aws:TagKeys, 'red'"),
      ],
      ...[
        variable("*"),
        `a${variable("*")}`,
        `a${variable("?")}a`,
        variable("$"),
        `${variable("aws:username")}*`,
      ],
    ],
    asked: {
      "aws:username": ["ana", "ana", "a*a", "bob"],
      "aws:PrincipalTag/team": ["red", "RED", "", "*", "$"],
      "aws:TagKeys": [["red"], ["red", "ana"], ["ana", "bob"], []],
    },
  },
  {
    operators: compared("Numeric"),
    forms: FORMS,
    keys: [
      "aws:MultiFactorAuthAge",
      "aws:MultiFactorAuthAge",
      "sts:DurationSeconds",
      "aws:username",
      "aws:TagKeys",
    ],
    values: ["60", "3600", "3600.5", "-1", "0", "+60"],
    asked: {
      "aws:MultiFactorAuthAge": ["0", "60", "3599", "3600", "3601", "060"],
      "sts:DurationSeconds": ["3600", "3600.50", "many"],
    },
  },
  {
    operators: compared("Date"),
    forms: FORMS,
    keys: ["aws:CurrentTime", "aws:CurrentTime", "aws:EpochTime", "aws:username"],
    values: [
      "2026-11-02T10:00:00Z",
      "2026-11-02T11:00:00+01:00",
      "2026-11-02T10:00:00.500Z",
      "2026-11-02",
      "1793613600",
    ],
    asked: {
      "aws:CurrentTime": [
        "2026-11-02T10:00:00Z",
        "2026-11-02T10:00:00.500Z",
        "2026-11-02T00:00:00Z",
        "1793613600",
      ],
      "aws:EpochTime": ["1793613600", "1793613601"],
    },
  },
  {
    operators: ["Bool"],
    forms: [...FORMS, "_", "_IfExists", "_IfExists"],
    keys: ["aws:MultiFactorAuthPresent", "aws:MultiFactorAuthPresent", "aws:username", "aws:TagKeys"],
    values: ["true", "false", "false"],
    asked: { "aws:MultiFactorAuthPresent": ["true", "false", "TRUE"] },
  },
  {
    operators: ["BinaryEquals"],
    forms: FORMS,
    keys: ["key:Data"],
    values: ["AAEC", "/w==", "AAE="],
    asked: { "key:Data": ["AAEC", "/w==", "AAE="] },
  },
  {
    operators: ["IpAddress", "NotIpAddress"],
    forms: FORMS,
    keys: ["aws:SourceIp", "aws:SourceIp", "aws:SourceIp", "aws:username"],
    values: [
      ...["10.0.0.1", "10.0.0.0/24", "10.0.0.77/24", "10.0.0.0/31", "0.0.0.0/0", "10.0.0.1/32"],
      ...["2001:db8::/32", "2001:db8::4/127", "2001:db8::5/64", "::/0", "2001:db8::5"],
    ],
    asked: {
      "aws:SourceIp": [
        "10.0.0.1",
        "10.0.0.2",
        "10.0.1.1",
        "::ffff:10.0.0.1",
        "2001:db8::5",
        "2001:DB8:0:0::5",
        "::1",
      ],
    },
  },
  {
    operators: ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"],
    forms: FORMS,
    keys: ["aws:PrincipalArn", "aws:PrincipalArn", "aws:PrincipalArn", "aws:username"],
    values: [
      ...[
        ANA,
        OPS,
        "arn:aws:iam::*:user/*",
        "arn:aws:iam::*:*",
        "arn:aws:iam::11111111111?:*/ops",
        "arn:aws:s3:::*",
      ],
      ...[
        `arn:aws:iam::*:user/${variable("aws:username")}`,
        `arn:aws:iam::*:user/${variable("aws:PrincipalTag/team, 'ana'")}`,
      ],
    ],
    asked: { "aws:PrincipalArn": [ANA, OPS, "arn:aws:iam::222222222222:user/team/bob"] },
  },
  {
    operators: ["Null"],
    forms: ["_"],
    keys: ["aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge", "aws:username", "aws:TagKeys"],
    values: ["true", "false"],
    asked: {},
  },
];
