import { Readable } from "node:stream";
import { IAM } from "@aws-sdk/client-iam";
import { HttpResponse } from "@smithy/core/protocols";
import type { HttpRequest } from "@smithy/types";
import { browserSend } from "#client/browser.ts";
import { type Client, createClient } from "#client/client.ts";
import type { RawRequest, RawResponse } from "#wire/raw.ts";

/** A page of the console in somebody's browser: it keeps its cookies and sends what a browser sends. */
export interface Page {
  readonly client: Client;
  /** The SDK's own client with a signer that signs nothing, as the console has it. */
  readonly iam: IAM;
  /** By their whole name. */
  readonly cookies: Map<string, string>;
  /** Every answer so far, as it came. */
  readonly answers: RawResponse[];
  /** Sends a request with other headers than a page would; undefined leaves one out. */
  post(body: string, headers?: Readonly<Record<string, string | undefined>>): Promise<RawResponse>;
}

const FORM = "application/x-www-form-urlencoded";

/** `browse` is the server, asked as at `origin`. */
export function openPage(browse: (raw: RawRequest) => Promise<RawResponse>, origin: string): Page {
  const cookies = new Map<string, string>();
  const answers: RawResponse[] = [];
  const own = (): Readonly<Record<string, string>> => ({
    host: new URL(origin).host,
    origin,
    "sec-fetch-site": "same-origin",
    "user-agent": "Mozilla/5.0 (test)",
    "x-countersign-console": "1",
    ...(cookies.size === 0 ? {} : { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") }),
  });
  const send = async (body: string, headers: Readonly<Record<string, string | undefined>>) => {
    const sent = Object.entries({ ...own(), ...headers }).filter(([, value]) => value !== undefined);
    const answer = await browse({
      method: "POST",
      target: "/console/api",
      rawHeaders: sent.flatMap(([name, value]) => [name, value ?? ""]),
      body: Buffer.from(body),
      peer: { address: "192.0.2.7", encrypted: false },
    });
    answers.push(answer);
    for (const line of answer.cookies ?? []) keepCookie(cookies, line);
    return answer;
  };
  const client = createClient({
    send: browserSend(async (_url, { headers, body }) => {
      const answer = await send(body, headers);
      return {
        status: answer.status,
        headers: new Headers({ ...answer.headers }),
        text: async () => String(answer.body),
      };
    }),
  });
  const post: Page["post"] = (body, headers = {}) => send(body, { "content-type": FORM, ...headers });
  return { client, iam: iamOf(origin, post), cookies, answers, post };
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = "", ...attributes] = line.split("; ");
  const [name = "", value = ""] = pair.split("=");
  if (attributes.includes("Max-Age=0")) cookies.delete(name);
  else cookies.set(name, value);
}

function iamOf(origin: string, post: Page["post"]): IAM {
  const config = {
    region: "us-east-1",
    endpoint: `${origin}/console/api`,
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
    maxAttempts: 1,
    signer: { sign: async (request: HttpRequest) => request },
    requestHandler: {
      handle: async (request: HttpRequest) => {
        const { status, headers, body } = await post(String(request.body));
        const response = new HttpResponse({
          statusCode: status,
          headers: { ...headers },
          body: Readable.from([Buffer.from(body)]),
        });
        return { response };
      },
    },
  };
  // the client asks no more of a handler and a signer than these
  return new IAM(config as never);
}
