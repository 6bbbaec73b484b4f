// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
/** Contract 9.1 and 9.2: actions, resources and the variables in them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { authorize } from "#policy/authorize.ts";
import { compile } from "#policy/compile.ts";
import type { ContextValue } from "#policy/context.ts";
import { contextOf, decided, documentOf, NO_LAYERS, named, request, type Written } from "./deciding.ts";

const allows = (
  statement: Omit<Written, "Effect">,
  facts: {
    readonly action?: string;
    readonly resource?: string;
    readonly context?: Readonly<Record<string, ContextValue>>;
  },
): boolean =>
  decided({
    layers: { ...NO_LAYERS, identity: [named("p", { Effect: "Allow", ...statement })] },
    action: facts.action ?? "iam:GetUser",
    resource: facts.resource ?? "*",
    context: contextOf(facts.context ?? {}),
  }) === "allowed";

for (const [element, action, expected] of [
  [{ Action: "iam:GetUser" }, "iam:GetUser", true],
  [{ Action: "IAM:getuser" }, "iam:GetUser", true],
  [{ Action: "iam:GetUser" }, "IAM:GETUSER", true],
  [{ Action: "iam:GetUser" }, "iam:GetUserPolicy", false],
  [{ Action: "iam:GetUser*" }, "iam:GetUserPolicy", true],
  [{ Action: "iam:*Virtual*" }, "iam:CreateVirtualMFADevice", true],
  [{ Action: "iam:*" }, "sts:AssumeRole", false],
  [{ Action: "iam:Get?ser" }, "iam:GetUser", true],
  [{ Action: "*" }, "countersign:ListEvents", true],
  [{ Action: ["sts:*", "iam:List*", "iam:GetUser"] }, "iam:GetUser", true],
  [{ Action: "iam:__proto__" }, "iam:constructor", false],
  [{ Action: [] }, "iam:GetUser", false],
  [{ NotAction: "iam:GetUser" }, "iam:GetUser", false],
  [{ NotAction: ["iam:Get*", "sts:*"] }, "iam:ListUsers", true],
  [{ NotAction: "iam:*" }, "sts:AssumeRole", true],
] as const) {
  test(`${JSON.stringify(element)} ${expected ? "allows" : "does not allow"} ${action}`, () => {
    assert.equal(allows({ ...element, Resource: "*" }, { action }), expected);
  });
}

const USER = "arn:aws:iam::111122223333:user/team/alice";

for (const [element, resource, expected] of [
  [{ Resource: "*" }, "*", true],
  [{ Resource: "*" }, USER, true],
  [{ Resource: USER }, USER, true],
  [{ Resource: USER }, USER.replace("alice", "Alice"), false],
  [{ Resource: "arn:aws:iam::*:user/*" }, USER, true],
  [{ Resource: "arn:aws:iam::*:user/*" }, "*", false],
  [{ Resource: "arn:aws:iam::*:user/alice" }, USER, false],
  [{ Resource: "arn:aws:iam::111122223333:*" }, USER, true],
  [{ Resource: "arn:aws:iam::*" }, USER, true],
  [{ Resource: "arn:*:iam:*:1111222233??:user/team/a*e" }, USER, true],
  // a wildcard may not stand in for the service, nor reach over a field
  [{ Resource: "arn:aws:*::111122223333:user/team/alice" }, USER, false],
  [{ Resource: "arn:aws:i?m::*:user/*" }, USER, false],
  [{ Resource: "arn:aws:iam:*:user/team/alice" }, USER, false],
  [{ Resource: "arn:aws:sns:*:*:a*z" }, "arn:aws:sns:eu-west-1:1:a:b:z", true],
  [{ Resource: "?*" }, USER, false],
  [{ Resource: ["arn:aws:iam::*:role/*", "arn:aws:iam::*:user/*"] }, USER, true],
  [{ NotResource: USER }, USER, false],
  [{ NotResource: "arn:aws:iam::*:role/*" }, USER, true],
  [{ NotResource: "*" }, USER, false],
  [{ NotResource: USER }, "*", true],
] as const) {
  test(`${JSON.stringify(element)} ${expected ? "allows" : "does not allow"} ${resource}`, () => {
    assert.equal(allows({ Action: "*", ...element }, { resource }), expected);
  });
}

const OWN_USER = "arn:aws:iam::*:user/${aws:username}";
const user = (name: string): string => `arn:aws:iam::111122223333:user/${name}`;

for (const [element, resource, context, expected] of [
  [{ Resource: OWN_USER }, user("bob"), { "aws:username": "bob" }, true],
  [{ Resource: OWN_USER.replace("username", "UserName") }, user("bob"), { "aws:username": "bob" }, true],
  // the path is part of the resource: contract 3
  [{ Resource: OWN_USER }, user("team/bob"), { "aws:username": "bob" }, false],
  [{ Resource: OWN_USER }, user("eve"), { "aws:username": "bob" }, false],
  // wildcards in what is filled in are text
  [{ Resource: OWN_USER }, user("bob"), { "aws:username": "*" }, false],
  [{ Resource: OWN_USER }, user("*"), { "aws:username": "*" }, true],
  [{ Resource: OWN_USER }, user("bob"), { "aws:username": "b?b" }, false],
  [{ Resource: `${OWN_USER}/*` }, user("b*b/x"), { "aws:username": "b*b" }, true],
  [{ Resource: `${OWN_USER}/*` }, user("bob/x"), { "aws:username": "b*b" }, false],
  // what is filled in is not read again
  [{ Resource: OWN_USER }, user("eve"), { "aws:username": "${x}", x: "eve" }, false],
  // no value: matches nothing, in NotResource too
  [{ Resource: OWN_USER }, user("bob"), {}, false],
  [{ Resource: OWN_USER }, user(""), {}, false],
  [{ Resource: OWN_USER }, user("${aws:username}"), {}, false],
  [{ Resource: [OWN_USER, "arn:aws:iam::*:user/bob"] }, user("bob"), {}, true],
  [{ NotResource: OWN_USER }, user("bob"), {}, true],
  [{ NotResource: OWN_USER }, user("bob"), { "aws:username": "bob" }, false],
  [{ Resource: OWN_USER }, user(""), { "aws:username": "" }, true],
  // defaults
  [{ Resource: "arn:aws:iam::*:user/${aws:PrincipalTag/team, 'all'}" }, user("all"), {}, true],
  [
    { Resource: "arn:aws:iam::*:user/${aws:PrincipalTag/team, 'all'}" },
    user("red"),
    { "aws:principaltag/team": "red" },
    true,
  ],
  [{ Resource: "arn:aws:iam::*:user/${aws:PrincipalTag/team, '*'}" }, user("x"), {}, false],
  [{ Resource: "arn:aws:iam::*:user/${aws:PrincipalTag/cost center, ''}" }, user(""), {}, true],
  // a multivalued key fills in nothing, even with a default
  [{ Resource: "arn:aws:iam::*:user/${aws:TagKeys, 'x'}" }, user("x"), { "aws:tagkeys": ["x"] }, false],
  // the three characters
  [{ Resource: "arn:aws:iam::*:user/${*}" }, user("*"), {}, true],
  [{ Resource: "arn:aws:iam::*:user/${*}" }, user("x"), {}, false],
  [{ Resource: "arn:aws:iam::*:user/a${?}" }, user("ab"), {}, false],
  [{ Resource: "arn:aws:iam::*:user/${$}{aws:username}" }, user("${aws:username}"), {}, true],
  // before the fifth colon it is text
  [
    { Resource: "arn:aws:iam::${aws:PrincipalAccount}:user/bob" },
    user("bob"),
    { "aws:principalaccount": "111122223333" },
    false,
  ],
  // not of the form: text
  [{ Resource: "arn:aws:iam::*:user/${aws:username" }, user("${aws:username"), {}, true],
  [{ Resource: "arn:aws:iam::*:user/$aws" }, user("$aws"), {}, true],
] as const) {
  const sentence = `${JSON.stringify(element)} ${expected ? "allows" : "does not allow"} ${resource}`;
  test(`${sentence} with ${JSON.stringify(context)}`, () => {
    assert.equal(allows({ Action: "*", ...element }, { resource, context }), expected);
  });
}

for (const [condition, context, expected] of [
  [{ StringEquals: { a: "${aws:username}" } }, { a: "bob", "aws:username": "bob" }, true],
  [{ StringEquals: { a: "${aws:username}" } }, { a: "bob" }, false],
  [{ StringNotEquals: { a: "${aws:username}" } }, { a: "bob" }, true],
  [{ StringNotEquals: { a: "${aws:TagKeys}" } }, { a: "x", "aws:tagkeys": ["x"] }, true],
  [{ StringEquals: { a: "${aws:TagKeys, 'x'}" } }, { a: "x", "aws:tagkeys": ["x"] }, false],
  [{ StringEqualsIgnoreCase: { a: "${aws:username}" } }, { a: "BOB", "aws:username": "bob" }, true],
  [{ StringLike: { a: "${aws:username}/*" } }, { a: "b*/x", "aws:username": "b*" }, true],
  [{ StringLike: { a: "${aws:username}/*" } }, { a: "bob/x", "aws:username": "b*" }, false],
  [{ StringLike: { a: "${*}" } }, { a: "x" }, false],
  [{ StringEquals: { a: "${*}" } }, { a: "*" }, true],
  [
    { ArnLike: { a: "arn:aws:iam::${aws:PrincipalAccount}:role/*" } },
    { a: "arn:aws:iam::111122223333:role/x", "aws:principalaccount": "111122223333" },
    true,
  ],
  [
    { ArnEquals: { a: "${b}" } },
    { a: "arn:aws:iam::111122223333:role/x", b: "arn:aws:iam::111122223333:role/x" },
    true,
  ],
  [{ ArnLike: { a: "${b}" } }, { a: "arn:aws:iam::1:role/x", b: "arn:aws:iam::*:role/x" }, false],
  [{ ArnNotLike: { a: "${b}" } }, { a: "arn:aws:iam::1:role/x" }, true],
  // variables are for strings and ARNs alone
  [{ NumericEquals: { a: "${b}" } }, { a: "1", b: "1" }, false],
  [{ Bool: { a: "${b}" } }, { a: "true", b: "true" }, false],
  [{ DateEquals: { a: "${b}" } }, { a: "1", b: "1" }, false],
  [{ IpAddress: { a: "${b}" } }, { a: "192.0.2.1", b: "192.0.2.1" }, false],
  [{ BinaryEquals: { a: "${b}" } }, { a: "YQ==", b: "YQ==" }, false],
] as const) {
  test(`${JSON.stringify(condition)} ${expected ? "holds" : "does not hold"} for ${JSON.stringify(context)}`, () => {
    assert.equal(allows({ Action: "*", Resource: "*", Condition: condition }, { context }), expected);
  });
}

test("before version 2012-10-17 a variable is text", () => {
  const old = compile(documentOf([{ Effect: "Allow", Action: "*", Resource: OWN_USER }], "2008-10-17"));
  const layers = { ...NO_LAYERS, identity: [{ name: "old", compiled: old }] };
  const context = contextOf({ "aws:username": "bob" });
  assert.equal(decided({ layers, context, resource: user("bob") }), "implicitDeny identity");
  assert.equal(decided({ layers, context, resource: user("${aws:username}") }), "allowed");
});

test("the context is asked only by statements that action and resource let in", () => {
  const asked: string[] = [];
  const condition = (key: string) => ({ Condition: { StringEquals: { [key]: "x" } } });
  const layers = {
    ...NO_LAYERS,
    identity: [
      named(
        "p",
        { Effect: "Deny", Action: "iam:ListUsers", Resource: "*", ...condition("other:Action") },
        { Effect: "Deny", Action: "iam:*", Resource: user("eve"), ...condition("other:Resource") },
        { Effect: "Deny", Action: "sts:*", Resource: "arn:aws:iam::*:user/${other:Service}" },
        { Effect: "Allow", Action: "iam:*", Resource: "arn:aws:iam::*:role/${other:Field}" },
        {
          Effect: "Allow",
          Action: "iam:GetUser",
          Resource: "arn:aws:iam::*:user/*",
          ...condition("k:Asked"),
        },
      ),
    ],
  };
  const context = (key: string): string => {
    asked.push(key);
    return "x";
  };
  assert.equal(authorize(request({ layers, context })).decision, "allowed");
  assert.deepEqual(asked.toSorted(), ["k:asked", "other:field"]);
});

test("statements of other services and actions are not looked at", () => {
  const others = Array.from(
    { length: 50 },
    (_, at): Written => ({
      Effect: at % 2 === 0 ? "Allow" : "Deny",
      Action: at % 3 === 0 ? `s3:Get${at}` : at % 3 === 1 ? "s3:*" : `iam:Other${at}`,
      Resource: "*",
    }),
  );
  const { denies, allows } = compile(documentOf(others));
  for (const index of [denies, allows]) {
    assert.equal(index.exact.get("iam:getuser"), undefined);
    assert.equal(index.services.get("iam"), undefined);
    assert.deepEqual(index.everywhere, []);
  }
});
