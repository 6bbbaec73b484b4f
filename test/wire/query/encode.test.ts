import assert from "node:assert/strict";
import { test } from "node:test";
import { serviceError } from "#model/errors.ts";
import { QUERY_SERVICES, type QueryServiceName } from "#model/services.ts";
import { encodeError, encodeSuccess } from "#wire/query/encode.ts";
import { callSdk, modelOf } from "./sdk.ts";

const at = new Date("2026-01-02T03:04:05.678Z");
const IAM = "https://iam.amazonaws.com/doc/2010-05-08/";
const STS = "https://sts.amazonaws.com/doc/2011-06-15/";

interface Case {
  readonly operation: string;
  readonly service?: QueryServiceName;
  readonly output: object | undefined;
  /** Between the response's tags and its metadata. */
  readonly want: string;
}

/** Contract 4.2, "success envelope", "lists in XML", "timestamps", "blobs". */
const CASES: readonly Case[] = [
  { operation: "EnableMFADevice", output: undefined, want: "" },
  { operation: "EnableMFADevice", output: { UserName: "never" }, want: "" },
  { operation: "ListUsers", output: undefined, want: "<ListUsersResult></ListUsersResult>" },
  {
    operation: "ListUsers",
    output: { Users: [], IsTruncated: false, Marker: undefined },
    want: "<ListUsersResult><Users></Users><IsTruncated>false</IsTruncated></ListUsersResult>",
  },
  {
    operation: "ListMFADevices",
    output: {
      IsTruncated: true,
      Marker: "m",
      MFADevices: [{ EnableDate: at, SerialNumber: "s", UserName: "u", Secret: "no" }],
    },
    want:
      "<ListMFADevicesResult><MFADevices><member><UserName>u</UserName><SerialNumber>s</SerialNumber>" +
      "<EnableDate>2026-01-02T03:04:05Z</EnableDate></member></MFADevices>" +
      "<IsTruncated>true</IsTruncated><Marker>m</Marker></ListMFADevicesResult>",
  },
  {
    operation: "GetAccountSummary",
    output: { SummaryMap: { Users: 3, "a<b": 0 } },
    want:
      "<GetAccountSummaryResult><SummaryMap><entry><key>Users</key><value>3</value></entry>" +
      "<entry><key>a&lt;b</key><value>0</value></entry></SummaryMap></GetAccountSummaryResult>",
  },
  {
    operation: "CreateVirtualMFADevice",
    output: { VirtualMFADevice: { SerialNumber: "s", Base32StringSeed: Buffer.from("ABCD") } },
    want:
      "<CreateVirtualMFADeviceResult><VirtualMFADevice><SerialNumber>s</SerialNumber>" +
      "<Base32StringSeed>QUJDRA==</Base32StringSeed></VirtualMFADevice></CreateVirtualMFADeviceResult>",
  },
  {
    operation: "GetCallerIdentity",
    service: "sts",
    output: { UserId: "a&b", Account: "<x>\r\n\t\"'", Arn: "é\u{1f511}\u0085" },
    want:
      "<GetCallerIdentityResult><UserId>a&amp;b</UserId><Account>&lt;x&gt;&#xD;\n\t\"'</Account>" +
      "<Arn>é\u{1f511}\u0085</Arn></GetCallerIdentityResult>",
  },
  {
    operation: "GetCallerIdentity",
    service: "sts",
    output: { UserId: "\u0000\u0008\u000b\u001f", Account: "\ud800x\udc00", Arn: "\ufffe\uffff]]>" },
    want:
      "<GetCallerIdentityResult><UserId>\ufffd\ufffd\ufffd\ufffd</UserId><Account>\ufffdx\ufffd</Account>" +
      "<Arn>\ufffd\ufffd]]&gt;</Arn></GetCallerIdentityResult>",
  },
];

for (const { operation, service = "iam", output, want } of CASES) {
  test(`encode: ${operation} ${want.slice(0, 60)}`, async () => {
    const xml = encodeSuccess(QUERY_SERVICES[service], await modelOf(service, operation), output, "id-1");
    const namespace = service === "iam" ? IAM : STS;
    const metadata = "<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata>";
    assert.equal(xml, `<${operation}Response xmlns="${namespace}">${want}${metadata}</${operation}Response>`);
  });
}

test("encode: an output that is not what the schema says is a bug", async () => {
  const operation = await modelOf("iam", "ListUsers");
  assert.throws(
    () => encodeSuccess(QUERY_SERVICES.iam, operation, { Users: [{ CreateDate: "yesterday" }] }, "id"),
    TypeError,
  );
  assert.throws(() => encodeSuccess(QUERY_SERVICES.iam, operation, { Marker: 5 }, "id"), TypeError);
});

test("encode: a refusal", () => {
  assert.equal(
    encodeError(
      QUERY_SERVICES.sts,
      serviceError("InvalidAction", "Could not find operation <x>\u0001"),
      "id-1",
    ),
    `<ErrorResponse xmlns="${STS}"><Error><Type>Sender</Type><Code>InvalidAction</Code>` +
      "<Message>Could not find operation &lt;x&gt;\ufffd</Message></Error><RequestId>id-1</RequestId></ErrorResponse>",
  );
  assert.match(
    encodeError(QUERY_SERVICES.iam, serviceError("InternalFailure", "x"), "id"),
    /<Type>Receiver<\/Type>/,
  );
});

test("encode: a refusal that repeats a megabyte does not grow with it", () => {
  const sentence = `Could not find operation ${">".repeat(1_000_000)}`;
  const xml = encodeError(QUERY_SERVICES.sts, serviceError("InvalidAction", sentence), "id");
  assert.ok(xml.length < 200_000, `${xml.length} characters`);
  assert.match(xml, /<RequestId>id<\/RequestId><\/ErrorResponse>$/);
});

const REFUSALS = [
  [
    "iam",
    "GetUser",
    serviceError("NoSuchEntity", "The user with name <é> cannot be found."),
    "NoSuchEntityException",
  ],
  ["iam", "GetUser", serviceError("ValidationError", "a & b"), "ValidationError"],
  ["sts", "GetSessionToken", serviceError("AccessDenied", "two  spaces. "), "AccessDenied"],
] as const;

for (const [service, operation, error, name] of REFUSALS) {
  test(`encode: the SDK reads ${error.code}`, async () => {
    const answer = { status: error.status, body: encodeError(QUERY_SERVICES[service], error, "id-1") };
    await assert.rejects(
      callSdk(service, operation, {}, () => answer),
      (thrown: Error & { Code?: string }) => {
        assert.equal(thrown.name, name);
        assert.equal(thrown.message, error.message);
        assert.equal(thrown.Code, error.code);
        return true;
      },
    );
  });
}
