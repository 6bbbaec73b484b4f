import { after, before, test } from "node:test";
import type { IAM } from "@aws-sdk/client-iam";
import { openWorld, type World } from "../support/world.ts";
import { refusedAs } from "./mfa-world.ts";
import { A, ALLOW, given, granting, type Input, policy, statement, typed, USER } from "./simulating.ts";

let world: World;
let iam: IAM;
before(async () => {
  world = await openWorld();
  const { admin } = await world.account();
  iam = world.clients(admin).iam;
});
after(() => world[Symbol.asyncDispose]());

const simulate = (input: Input) =>
  iam.simulateCustomPolicy({ PolicyInputList: [ALLOW], ActionNames: ["s3:GetObject"], ...input });

const badValue = (type: string) => `Invalid context value for key x:key: expected ${type}.`;
const NUMERIC = badValue("numeric format");
const [DATE, ADDRESS, BINARY] = ["DateTime format", "IP address", "base-64 encoded binary format"].map(
  badValue,
);

type Told = readonly [input: Input, sentence: string | undefined];
const told = (input: Input, sentence: string | undefined): Told => [input, sentence];

/** AWS's sentences of September 2026; the last few are our own. */
const REFUSALS: readonly Told[] = [
  [{ PolicyInputList: [ALLOW, "{"] }, "Policy input list item 2 has invalid content"],
  [
    { PolicyInputList: ['{"Version":"2099-01-01","Statement":[]}'] },
    "Policy input list item 1 has invalid content",
  ],
  [{ PolicyInputList: [granting("*")] }, "Policy input list item 1 has invalid content"],
  [
    { PermissionsBoundaryPolicyInputList: [ALLOW, ALLOW] },
    "The list of Permissions Boundary policies cannot exceed 1 items.",
  ],
  [{ ActionNames: ["GetObject"] }, "The action is invalid since it is missing names"],
  [{ ResourceArns: ["not-an-arn"] }, "ResourceNames are not in a valid ARN format: not-an-arn."],
  [{ ResourceArns: [A, "arn:aws:s3"] }, "ResourceNames are not in a valid ARN format: arn:aws:s3."],
  [{ ResourceArns: [A], ResourcePolicy: granting("*") }, "Invalid caller - Caller cannot be null or empty."],
  ...["arn:aws:iam::123456789012:root", "arn:aws:sts::123456789012:assumed-role/r/s"].map((CallerArn) =>
    told(
      { ResourceArns: [A], ResourcePolicy: granting("*"), CallerArn },
      "Invalid caller - Caller must be an IAM user, role or group in this context.",
    ),
  ),
  ...["123456789012", "not-an-arn"].map((ResourceOwner) =>
    told({ ResourceOwner }, `'${ResourceOwner}' is not a valid as a Resource Owner.`),
  ),
  ...[{}, { ResourceArns: ["*"] }].map((about) =>
    told(
      { ...about, CallerArn: USER, ResourcePolicy: granting(USER) },
      "Invalid Entity Arn: * does not clearly define entity type and name.",
    ),
  ),
  [
    { ResourceArns: [A], CallerArn: USER, ResourcePolicy: granting(USER, { Resource: "*" }) },
    "ResourceNames are not in a valid ARN format: *.",
  ],
  [{ Marker: "not-a-simulation-marker" }, "Invalid marker for pagination."],
  [
    { ContextEntries: [{ ContextKeyName: "x:key", ContextKeyValues: ["a"] }] },
    "Context key x:key has invalid type null.",
  ],
  [
    { ContextEntries: [{ ContextKeyName: "x:key", ContextKeyType: "string" }] },
    "Context values for context key x:key cannot be null or empty.",
  ],
  [
    { ContextEntries: [{ ContextKeyType: "string", ContextKeyValues: ["a"] }] },
    "ContextKeyName cannot be null or empty.",
  ],
  [
    { ContextEntries: [typed("string", "a", "b")] },
    "Context key string expected a single value, but received 2.",
  ],
  [{ ContextEntries: [given("x:key", "a"), given("X:KEY", "b")] }, "Duplicate context key: X:KEY."],
  ...["abc", "NaN", "0x10", " 1 ", "Infinity"].map((value) =>
    told({ ContextEntries: [typed("numeric", value)] }, NUMERIC),
  ),
  ...["01.00", "+1", "1e2", "1e9999"].map((value) =>
    told({ ContextEntries: [typed("numeric", value)] }, undefined),
  ),
  [{ ContextEntries: [typed("date", "tomorrow")] }, DATE],
  ...["2035", "2035-01", "2035-01-02T03:04Z", "2035-01-02T03:04:05.123+02:00", "0", "1735787045"].map(
    (value) => told({ ContextEntries: [typed("date", value)] }, undefined),
  ),
  ...["999.0.0.1", "192.0.2.0/24", "fe80::1%eth0"].map((value) =>
    told({ ContextEntries: [typed("ip", value)] }, ADDRESS),
  ),
  ...["192.000.002.1", "2001:db8::1"].map((value) =>
    told({ ContextEntries: [typed("ip", value)] }, undefined),
  ),
  ...["!base64", "eWVz\n", "YQ", "YR==", "YQ-_"].map((value) =>
    told({ ContextEntries: [typed("binary", value)] }, BINARY),
  ),
  [{ ContextEntries: [typed("binary", "")] }, undefined],
  [{ ContextEntries: [typed("numericList", "1", "two")] }, NUMERIC],
  [{ ResourceHandlingOption: "EC2-VPC-EBS" }, undefined],
  // made like AWS's
  [
    { PermissionsBoundaryPolicyInputList: ["{"] },
    "Permissions boundary policy input list item 1 has invalid content",
  ],
  [{ ResourceArns: [A], CallerArn: USER, ResourcePolicy: ALLOW }, "Resource policy has invalid content"],
  // our own
  [{ ActionNames: Array(101).fill("s3:GetObject") }, "A simulation is of at most 100 actions."],
  [{ ContextEntries: [typed("string", "a".repeat(2_048))] }, undefined],
  ...(["string", "numeric"] as const).map((type) =>
    told(
      { ContextEntries: [typed(type, "0".repeat(2_049))] },
      "A context value of a simulation is of at most 2048 characters.",
    ),
  ),
  [{ ResourceArns: Array(101).fill(A) }, "A simulation is about at most 100 resources."],
  [
    { PolicyInputList: Array(3).fill(policy(...Array(700).fill(statement()))) },
    "A simulation is of at most 2000 statements.",
  ],
  [
    { PolicyInputList: [policy(...Array(300).fill(statement()))], ResourceArns: Array(100).fill(A) },
    "Too many statements match. Simulate fewer resources at a time.",
  ],
];

for (const [at, [input, sentence]] of REFUSALS.entries()) {
  const shown = JSON.stringify(input).slice(0, 120);
  test(`${at + 1}. ${shown} is ${sentence === undefined ? "taken" : `refused: ${sentence}`}`, async () => {
    if (sentence === undefined) await simulate(input);
    else await refusedAs(simulate(input), ["InvalidInputException", 400, sentence]);
  });
}

test("policies of organizations are refused by name", async () => {
  const input = { OrderedOrganizationPolicyInputList: [{ ServiceControlPolicyInputList: [ALLOW] }] };
  const sentence = "Countersign does not simulate policies of organizations.";
  await refusedAs(simulate(input), ["UnsupportedOperation", 400, sentence]);
});
