// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
import assert from "node:assert/strict";
import { test } from "node:test";
import { contextKeys } from "#policy/context-keys.ts";
import { type Denial, denialSentence } from "#policy/denial.ts";
import { ALICE, documentOf } from "./deciding.ts";

const by = (layer: "identity" | "boundary" | "session" | "resource") =>
  ({ decision: "explicitDeny", by: { layer, policy: "p", statement: 0, sid: undefined } }) as const;

const CREATE = `User: ${ALICE.arn} is not authorized to perform: iam:CreateUser on resource: R`;
const ASSUME = `User: ${ALICE.arn} is not authorized to perform: sts:AssumeRole on resource: R`;

const DECODE = `User: ${ALICE.arn} is not authorized to perform: sts:DecodeAuthorizationMessage`;

/** Contract 1.3; contract 2.1 for what trust policies decide, which says no more. */
const CASES: readonly (readonly [string, Denial, string])[] = [
  [
    "iam:CreateUser",
    { decision: "implicitDeny", layer: "identity" },
    `${CREATE} because no identity-based policy allows the iam:CreateUser action`,
  ],
  [
    "iam:CreateUser",
    { decision: "implicitDeny", layer: "boundary" },
    `${CREATE} because no permissions boundary allows the iam:CreateUser action`,
  ],
  [
    "iam:CreateUser",
    { decision: "implicitDeny", layer: "session" },
    `${CREATE} because no session policy allows the iam:CreateUser action`,
  ],
  [
    "iam:CreateUser",
    { decision: "implicitDeny", layer: "resource" },
    `${CREATE} because no resource-based policy allows the iam:CreateUser action`,
  ],
  ["iam:CreateUser", by("identity"), `${CREATE} with an explicit deny in an identity-based policy`],
  ["iam:CreateUser", by("boundary"), `${CREATE} with an explicit deny in a permissions boundary`],
  ["iam:CreateUser", by("session"), `${CREATE} with an explicit deny in a session policy`],
  ["iam:CreateUser", by("resource"), `${CREATE} with an explicit deny in a resource-based policy`],
  ["iam:CreateUser", { decision: "implicitDeny", layer: "failed", error: new Error("secret") }, CREATE],
  ["sts:AssumeRole", { decision: "implicitDeny", layer: "resource" }, ASSUME],
  ["sts:AssumeRole", by("identity"), ASSUME],
  ["sts:TagSession", by("resource"), ASSUME.replace("AssumeRole", "TagSession")],
  ["sts:SetSourceIdentity", by("resource"), ASSUME.replace("AssumeRole", "SetSourceIdentity")],
  [
    "sts:DecodeAuthorizationMessage",
    { decision: "implicitDeny", layer: "identity" },
    `${DECODE} because no identity-based policy allows the sts:DecodeAuthorizationMessage action`,
  ],
];

for (const [action, denial, sentence] of CASES) {
  test(sentence, () => {
    assert.equal(denialSentence({ principal: ALICE, action, resource: "R" }, denial), sentence);
  });
}

test("the context keys of documents, as first written and once", () => {
  const document = documentOf([
    {
      Effect: "Allow",
      Action: "*",
      Resource: [
        "arn:aws:iam::${not:AKey}:user/${aws:username}",
        "arn:aws:s3:::${aws:PrincipalTag/a, 'b'}/${*}",
      ],
      Condition: {
        Bool: { "aws:MultiFactorAuthPresent": "${not:Filled}" },
        StringLike: { "aws:UserName": "${aws:userid}/*" },
        "ForAnyValue:ArnLike": { "aws:SourceArn": "${aws:CalledVia}" },
      },
    },
    {
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { Null: { "AWS:MultifactorAuthPresent": "true" } },
    },
  ]);
  assert.deepEqual(contextKeys([document]), [
    "aws:username",
    "aws:PrincipalTag/a",
    "aws:MultiFactorAuthPresent",
    "aws:userid",
    "aws:SourceArn",
    "aws:CalledVia",
  ]);
});

test("a document of 2008 has no variables to ask for", () => {
  const statement = {
    Effect: "Allow",
    Action: "*",
    Resource: "arn:aws:iam::*:user/${aws:username}",
    Condition: { StringLike: { "aws:userid": "${aws:username}" } },
  } as const;
  assert.deepEqual(contextKeys([documentOf([statement], "2008-10-17")]), ["aws:userid"]);
});
