import { createHash, createHmac } from "node:crypto";
import type { Credentials } from "./server.ts";

/** What is signed: a request line, a body and nothing else; `host` and the date are added. */
export interface Unsigned {
  readonly method: string;
  readonly target: string;
  readonly host: string;
  readonly contentType: string;
  /** `X-Amz-Target`, of JSON. */
  readonly operation?: string;
  readonly body: string | Uint8Array;
}

export interface SigningOptions {
  readonly service: "iam" | "sts" | "countersign";
  readonly at: number;
  readonly region?: string;
}

/**
 * Signs as AWS's Signature Version 4 page tells, apart from the server's own code. The path is `/` and the query string,
 * where there is one, canonical as it stands. Returns header names and values in turn.
 */
export function sign(request: Unsigned, keys: Credentials, options: SigningOptions): readonly string[] {
  const date = `${new Date(options.at).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const scope = `${date.slice(0, 8)}/${options.region ?? "us-east-1"}/${options.service}/aws4_request`;
  const headers = new Map([
    ["content-type", request.contentType],
    ["host", request.host],
    ["x-amz-date", date],
    ...(request.operation === undefined ? [] : [["x-amz-target", request.operation] as const]),
    ...(keys.sessionToken === undefined ? [] : [["x-amz-security-token", keys.sessionToken] as const]),
  ]);
  const names = [...headers.keys()].toSorted();
  const [path = "/", query = ""] = request.target.split("?");
  const canonical = [
    request.method,
    path,
    query,
    ...names.map((name) => `${name}:${headers.get(name)}`),
    "",
    names.join(";"),
    sha256(request.body),
  ].join("\n");
  const key = scope.split("/").reduce<string | Buffer>(hmac, `AWS4${keys.secretAccessKey}`);
  const signature = hmac(key, ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n")).toString(
    "hex",
  );
  const credential = `Credential=${keys.accessKeyId}/${scope}`;
  headers.set(
    "authorization",
    `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
  );
  return [...headers].flat();
}

const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string): Buffer => createHmac("sha256", key).update(data).digest();
