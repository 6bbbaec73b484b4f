import assert from "node:assert/strict";
import { test } from "node:test";
import { browserSend, type Fetch } from "#client/browser.ts";
import { type ClientRequest, type ClientResponse, createClient } from "#client/client.ts";
import { ApiError } from "#client/error.ts";
import { COUNTERSIGN_SCHEMAS } from "#model/countersign/schemas.ts";
import { SIGNIN_SCHEMAS } from "#model/signin/schemas.ts";

const answering = (answer: Partial<ClientResponse>) => {
  const asked: ClientRequest[] = [];
  const client = createClient({
    send: async (request) => {
      asked.push(request);
      return { status: 200, requestId: "r-1", body: "{}", ...answer };
    },
  });
  return { client, asked };
};

test("a method for every operation of both services, and for nothing else", () => {
  const { client } = answering({});
  assert.deepEqual(Object.keys(client.countersign).toSorted(), Object.keys(COUNTERSIGN_SCHEMAS).toSorted());
  assert.deepEqual(Object.keys(client.signin), Object.keys(SIGNIN_SCHEMAS));
});

test("a call carries its target and its input, and gives back the output", async () => {
  const { client, asked } = answering({ body: '{"ProvedAt":5}' });
  assert.deepEqual(await client.signin.ProveFactor({ DeviceId: "d", Code: "123456" }), { ProvedAt: 5 });
  assert.deepEqual(asked, [
    {
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "CountersignSignin_20261101.ProveFactor",
      },
      body: '{"DeviceId":"d","Code":"123456"}',
    },
  ]);
});

const REFUSED: readonly [name: string, answer: Partial<ClientResponse>, code: string, message: string][] = [
  ["refused", { status: 403, body: '{"__type":"InvalidCode","message":"no"}' }, "InvalidCode", "no"],
  ["without a code", { status: 400, body: "{}" }, "UnexpectedAnswer", ""],
  ["no JSON", { status: 502, body: "<html>" }, "UnexpectedAnswer", "no answer of the server, status 502"],
  ["no JSON, well", { body: "" }, "UnexpectedAnswer", "no answer of the server, status 200"],
  ["no object", { body: "null" }, "UnexpectedAnswer", "no answer of the server, status 200"],
];

for (const [name, answer, code, message] of REFUSED) {
  test(`an answer that is ${name} is an error with code, sentence and request id`, async () => {
    const { client } = answering(answer);
    await assert.rejects(client.countersign.GetDashboard({}), (error: unknown) => {
      assert.ok(error instanceof ApiError);
      assert.deepEqual([error.code, error.message, error.requestId], [code, message, "r-1"]);
      assert.equal(error.status, answer.status ?? 200);
      return true;
    });
  });
}

test("a browser sends to its own origin alone, with the header that a form cannot send", async () => {
  const asked: Parameters<Fetch>[] = [];
  const send = browserSend(async (...request) => {
    asked.push(request);
    return { status: 200, headers: new Headers({ "x-amzn-requestid": "r-2" }), text: async () => "{}" };
  });
  assert.deepEqual(await send({ headers: { a: "b" }, body: "x" }), {
    status: 200,
    requestId: "r-2",
    body: "{}",
  });
  assert.deepEqual(asked, [
    [
      "/console/api",
      {
        method: "POST",
        headers: { a: "b", "x-countersign-console": "1" },
        body: "x",
        credentials: "same-origin",
        cache: "no-store",
        redirect: "error",
      },
    ],
  ]);
});
