import * as iam from "@aws-sdk/client-iam";
import * as sts from "@aws-sdk/client-sts";
import { HttpResponse } from "@smithy/core/protocols";
import { type OperationModel, type QueryServiceName, SERVICES } from "#model/services.ts";
import type { RawRequest } from "#wire/raw.ts";

/** What the published client put on the wire. */
interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Answer = { readonly status: number; readonly body: string };

// the two packages' commands have nothing in common that their types would say
// biome-ignore lint/suspicious/noExplicitAny: see above
type Untyped = any;

const packages: Record<QueryServiceName, Untyped> = { iam, sts };

/** Sends `input` through the SDK's own client; no socket: `answer` is the server. */
export async function callSdk(
  service: QueryServiceName,
  operation: string,
  input: object,
  answer: (sent: Sent) => Answer,
): Promise<object> {
  const client = new packages[service][service === "iam" ? "IAMClient" : "STSClient"]({
    region: "us-east-1",
    endpoint: "http://localhost",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
    maxAttempts: 1,
    requestHandler: {
      handle: async (sent: Sent) => {
        const { status, body } = answer(sent);
        return {
          response: new HttpResponse({
            statusCode: status,
            headers: { "content-type": "text/xml" },
            body: Buffer.from(body),
          }),
        };
      },
    },
  });
  const { $metadata, ...output } = await client.send(new packages[service][`${operation}Command`](input));
  return output;
}

export function rawOf(sent: Sent): RawRequest {
  return {
    method: sent.method,
    target: sent.path,
    rawHeaders: Object.entries(sent.headers).flat(),
    body: Buffer.from(sent.body),
    peer: { address: "127.0.0.1", encrypted: false },
  };
}

export async function modelOf(service: QueryServiceName, name: string): Promise<OperationModel> {
  const model = (await SERVICES[service].load()).operations[name];
  if (model === undefined) throw new Error(`no operation ${name}`);
  return model;
}
