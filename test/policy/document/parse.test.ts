import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type PolicyKind, parsePolicy } from "#policy/document/parse.ts";
import { RECORDED } from "./recorded.ts";

const sentenceOf = (text: string, kind: PolicyKind): string | undefined => {
  const parsed = parsePolicy(text, kind);
  return parsed.ok ? undefined : parsed.error;
};

const SYNTAX = "Syntax errors in policy.";
const LEGACY = "The policy failed legacy parsing";
const VERSION = "Policy document must be version 2012-10-17 or greater.";

const named = (value: unknown): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 150 ? `${text.slice(0, 150)}...` : text;
};

describe("as recorded from CreatePolicy", () => {
  assert.equal(RECORDED.length, 68);
  for (const [document, sentence] of RECORDED) {
    test(`${named(document)}: ${sentence ?? "accepted"}`, () => {
      assert.equal(sentenceOf(document, "identity"), sentence);
      assert.equal(sentenceOf(document, "session"), sentence);
    });
  }
});

type Elements = Readonly<Record<string, unknown>>;

/** A valid identity policy of one statement with `changes`; undefined takes an element out. */
const identity = (changes: Elements, document: Elements = {}): string =>
  JSON.stringify({
    Version: "2012-10-17",
    ...document,
    Statement: { Effect: "Allow", Action: "s3:ListBucket", Resource: "*", ...changes },
  });

/** As `identity`, with two statements. */
const two = (first: Elements, second: Elements): string => {
  const statement = { Effect: "Allow", Action: "s3:ListBucket", Resource: "*" };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { ...statement, ...first },
      { ...statement, ...second },
    ],
  });
};

const resource = (...values: string[]): string => identity({ Resource: values });
const condition = (operator: string, value: unknown): string =>
  identity({ Condition: { [operator]: { a: value } } });

const SID =
  "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*";
const SAME_SID = "Statement IDs (SID) in a single policy must be unique.";
const IAM_PATH =
  'IAM resource path must either be "*" or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, ' +
  "server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.";
const REGEX = "Resource vendor must be fully qualified and cannot contain regexes.";

describe("identity policies", () => {
  const cases: readonly (readonly [document: string, sentence: string | undefined])[] = [
    // what is no document
    ["", SYNTAX],
    ["null", SYNTAX],
    ["[]", SYNTAX],
    ["{}", SYNTAX],
    ['{"Version":"2012-10-17"}', SYNTAX],
    [identity({}, { Version: 2012 }), SYNTAX],
    [identity({}, { Version: "__proto__" }), SYNTAX],
    [identity({}, { version: "2012-10-17" }), SYNTAX],
    [identity({}, { Id: "one" }), undefined],
    ['{"Version":"2012-10-17","Statement":null}', SYNTAX],
    // a member named twice
    [identity({}).replace('"Effect"', '"Effect":"Deny","Effect"'), SYNTAX],
    [identity({}).replace('"Effect"', '"\\u0045ffect":"Deny","Effect"'), SYNTAX],
    ['{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}', SYNTAX],
    // elements
    [identity({ ["__proto__"]: "x" }), SYNTAX],
    [identity({ constructor: "x" }), SYNTAX],
    [identity({ effect: "Allow" }), SYNTAX],
    [identity({ Effect: ["Allow"] }), SYNTAX],
    [identity({ Effect: " Allow" }), SYNTAX],
    [identity({ Action: null }), SYNTAX],
    [identity({ Action: 1 }), SYNTAX],
    [identity({ Action: ["s3:a", 1] }), SYNTAX],
    [identity({ NotAction: "s3:a" }), SYNTAX],
    [identity({ Sid: 1 }), SYNTAX],
    [identity({ Sid: "a b" }), SID],
    [identity({ Sid: "a-b" }), SID],
    [two({ Sid: "a" }, { Sid: "a" }), SAME_SID],
    [two({ Sid: "a" }, { Sid: "A" }), undefined],
    [two({ Sid: "" }, {}), undefined],
    // a lone statement before the version (Terraform's users, 2022); a list may stand there
    ['{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"},"Version":"2012-10-17"}', LEGACY],
    ['{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}],"Version":"2012-10-17"}', undefined],
    // principals
    [identity({ Principal: "*" }), "Policy document should not specify a principal."],
    [
      identity({ NotPrincipal: { AWS: "123456789012" }, Resource: undefined }),
      "Policy document should not specify a principal.",
    ],
    [identity({ Principal: "alice" }), SYNTAX],
    [identity({ Principal: { aws: "*" } }), SYNTAX],
    // actions
    [
      identity({ Action: "s3" }),
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    ],
    [identity({ Action: ["s3:*", "*"] }), undefined],
    [identity({ Action: "IAM:*virtual*" }), undefined],
    [identity({ Action: "s*:Get" }), "Vendor s* is not valid"],
    [identity({ Action: "*:Get" }), "Vendor * is not valid"],
    [identity({ Action: "my service:Get" }), "Vendor my service is not valid"],
    [identity({ Action: "a:b:c" }), "Actions/Condition can contain only one colon."],
    // resources
    [resource("*", "adf"), 'Resource adf must be in ARN format or "*".'],
    [resource("**"), 'Resource ** must be in ARN format or "*".'],
    [resource("arn:aws-cn:s3:::b"), 'Partition "aws-cn" is not valid for resource "arn:aws-cn:s3:::b".'],
    [resource("arn:"), 'Partition "" is not valid for resource "arn::*:*:*:*".'],
    [resource("arn:*:s3:::b"), undefined],
    [resource("arn:aws:*:::b"), REGEX],
    [resource("arn:aws:s?:::b"), REGEX],
    [resource("arn:aws"), REGEX],
    [
      resource("arn:aws:s3:us-east-1::b"),
      "Resource arn:aws:s3:us-east-1::b can not contain region information.",
    ],
    [resource("arn:aws:s3:*:123456789012:accesspoint/*"), undefined],
    [
      resource("arn:aws:iam:us-east-1:123456789012:user/a"),
      "IAM resource arn:<partition>:iam:<region>:123456789012:user/a cannot contain region information.",
    ],
    [resource("arn:aws:iam::123456789012:usr/a"), IAM_PATH],
    [resource("arn:aws:iam::123456789012:root"), IAM_PATH],
    [resource("arn:aws:iam::123456789012:*"), undefined],
    [resource("arn:aws:iam"), undefined],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: policy variables
    [resource("arn:aws:iam::*:user/*/${aws:username}", "arn:aws:iam::*:mfa/*"), undefined],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: no variable before the fifth colon
    [resource("arn:aws:iam::${aws:PrincipalAccount}:user/a"), LEGACY],
    [resource("arn:aws:sts::ACCOUNT_ID:federated-user/a"), LEGACY],
    [resource("arn:aws:dynamodb:us-west--2:123456789012:table/a"), LEGACY],
    // conditions
    [condition("stringequals", "x"), SYNTAX],
    [condition("__proto__", "x"), SYNTAX],
    [condition("constructor", "x"), SYNTAX],
    [condition("NullIfExists", "true"), SYNTAX],
    [condition("ForAllValues:StringLikeIfExists", ["x", "y"]), undefined],
    [condition("ForSomeValues:StringLike", "x"), SYNTAX],
    [condition("Null", true), undefined],
    [condition("NumericLessThan", 3600), undefined],
    [condition("StringEquals", null), SYNTAX],
    [condition("StringEquals", {}), SYNTAX],
    [condition("StringEquals", [["x"]]), SYNTAX],
    [condition("ForAnyValue:DateEqualsIfExists", "soon"), LEGACY],
    [condition("DateEquals", ["2026-11-01", "soon"]), LEGACY],
    [condition("DateEquals", 1_700_000_000), undefined],
    [condition("DateEquals", true), LEGACY],
    [identity({ Condition: {} }), undefined],
    // which of two
    [identity({ Effect: "allow", Principal: "*" }), LEGACY],
    [identity({ Principal: "*", Sid: "a b" }), "Policy document should not specify a principal."],
    [identity({ Sid: "a b", Action: undefined }), SID],
    [identity({ Action: "s3", Resource: "adf" }), 'Resource adf must be in ARN format or "*".'],
    [two({ Action: "s3" }, { Resource: undefined }), "Policy statement must contain resources."],
    [identity({ Effect: "allow" }, { Version: "2008-10-17" }), VERSION],
  ];
  for (const [document, sentence] of cases) {
    test(`${named(document)}: ${sentence ?? "accepted"}`, () =>
      assert.equal(sentenceOf(document, "identity"), sentence));
  }
});

/** A valid trust policy of one statement with `changes`. */
const trust = (changes: Elements, document: Elements = {}): string =>
  JSON.stringify({
    Version: "2012-10-17",
    ...document,
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:root" },
        Action: "sts:AssumeRole",
        ...changes,
      },
    ],
  });

const principal = (type: string, value: unknown): string => trust({ Principal: { [type]: value } });

const STS = "AssumeRole policy may only specify STS AssumeRole actions.";
const FEDERATED = "Federated principals must be valid domain names or SAML metadata ARNs";
const NOBODY =
  "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy has a statement with no principals!";
const invalid = (type: string, value: string): string => `Invalid principal in policy: "${type}":"${value}"`;

describe("trust policies", () => {
  const cases: readonly (readonly [document: string, sentence: string | undefined])[] = [
    [trust({}), undefined],
    [trust({}, { Version: "2008-10-17" }), undefined],
    [trust({}, { Version: undefined }), undefined],
    [trust({ Sid: "a b", Condition: { Bool: { "aws:MultiFactorAuthPresent": true } } }), undefined],
    ['{"Version":"2012-10-17",}', "This policy contains invalid Json"],
    ["policy.json", "This policy contains invalid Json"],
    [trust({ Resource: "*" }), "Has prohibited field Resource"],
    [trust({ NotResource: "*" }), "Has prohibited field NotResource"],
    [trust({ Principal: undefined }), "Missing required field Principal"],
    [trust({ Principal: {} }), NOBODY],
    [principal("AWS", []), NOBODY],
    [trust({ Action: [] }), "Policy statement must contain actions."],
    [trust({ Action: "s3:GetObject" }), STS],
    [trust({ Action: "*" }), STS],
    [trust({ Action: "sts:*" }), STS],
    [trust({ Action: ["sts:AssumeRole", "sts:TagSessions"] }), STS],
    [trust({ Action: undefined, NotAction: "sts:AssumeRole" }), STS],
    [
      trust({ Action: ["sts:assumerole", "sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext"] }),
      undefined,
    ],
    [trust({ Action: "sts:AssumeRoleWith*" }), undefined],
    [trust({ Principal: "*" }), undefined],
    [trust({ Principal: undefined, NotPrincipal: { AWS: "123456789012" } }), undefined],
    [
      principal("AWS", ["*", "123456789012", "arn:aws:iam::123456789012:user/a/b", "AROAEXAMPLEID12345678"]),
      undefined,
    ],
    [principal("AWS", "arn:aws:sts::123456789012:assumed-role/r/s"), undefined],
    [principal("AWS", "arn:aws:sts::123456789012:federated-user/f"), undefined],
    [principal("AWS", "12345678901"), invalid("AWS", "12345678901")],
    [
      principal("AWS", "arn:aws:iam::123456789012:user/*"),
      invalid("AWS", "arn:aws:iam::123456789012:user/*"),
    ],
    [
      principal("AWS", "arn:aws:iam::123456789012:group/g"),
      invalid("AWS", "arn:aws:iam::123456789012:group/g"),
    ],
    [principal("AWS", ["123456789012", "alice"]), invalid("AWS", "alice")],
    [principal("Service", "ec2.amazonaws.com"), undefined],
    [principal("Service", "lambda"), invalid("SERVICE", "lambda")],
    [principal("Federated", "cognito-identity.amazonaws.com"), undefined],
    [principal("Federated", "arn:aws:iam::123456789012:saml-provider/okta"), undefined],
    [
      principal("Federated", "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"),
      undefined,
    ],
    [principal("Federated", ""), FEDERATED],
    [principal("Federated", "arn:aws:iam::123456789012:user/a"), FEDERATED],
    [principal("CanonicalUser", "x"), invalid("CANONICAL_USER", "x")],
    [principal("constructor", "x"), SYNTAX],
  ];
  for (const [document, sentence] of cases) {
    test(`${named(document)}: ${sentence ?? "accepted"}`, () =>
      assert.equal(sentenceOf(document, "trust"), sentence));
  }
});

describe("resource policies", () => {
  const cases: readonly (readonly [document: string, sentence: string | undefined])[] = [
    [trust({ Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*", Sid: "any text" }), undefined],
    [trust({ Action: "s3:GetObject" }), "Policy statement must contain resources."],
    [trust({ Resource: "*", Principal: undefined }), "Missing required field Principal"],
    [trust({ Resource: "b" }), 'Resource b must be in ARN format or "*".'],
    [
      trust({ Resource: "*", Action: "s3" }),
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    ],
    ["{", SYNTAX],
  ];
  for (const [document, sentence] of cases) {
    test(`${named(document)}: ${sentence ?? "accepted"}`, () =>
      assert.equal(sentenceOf(document, "resource"), sentence));
  }
});

test("a document becomes lists in the order in which they were written", () => {
  const text = `{"Version": "2012-10-17", "Id": "one", "Statement": {
    "Sid": "First", "Effect": "Deny", "NotAction": "iam:*", "NotResource": ["*"],
    "Condition": {"Bool": {"b": false, "a": ["true"]}, "NumericEquals": {"n": [1.0, 1e3]}}}}`;
  assert.deepEqual(parsePolicy(text, "identity"), {
    ok: true,
    value: {
      version: "2012-10-17",
      id: "one",
      statements: [
        {
          sid: "First",
          effect: "Deny",
          principals: undefined,
          actions: { not: true, values: ["iam:*"] },
          resources: { not: true, values: ["*"] },
          conditions: [
            { operator: "Bool", key: "b", values: ["false"] },
            { operator: "Bool", key: "a", values: ["true"] },
            { operator: "NumericEquals", key: "n", values: ["1.0", "1e3"] },
          ],
        },
      ],
    },
  });
});

test("principals keep their types, and a document without a version is of 2008", () => {
  const text = trust(
    { Principal: undefined, NotPrincipal: { Service: "a.com", AWS: ["*", "123456789012"] } },
    { Version: undefined },
  );
  const parsed = parsePolicy(text, "trust");
  assert.ok(parsed.ok);
  assert.equal(parsed.value.version, "2008-10-17");
  assert.deepEqual(parsed.value.statements[0]?.principals, {
    not: true,
    values: [
      { type: "Service", value: "a.com" },
      { type: "AWS", value: "*" },
      { type: "AWS", value: "123456789012" },
    ],
  });
  assert.equal(parsed.value.statements[0]?.resources, undefined);
});
