import { createHash, createHmac } from "node:crypto";
import type { Request } from "./request.ts";

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** With the headers that boto3 sends. */
export interface SignedRead extends Request {
  /** The canonical request. */
  readonly canonical: string;
}

const USER_AGENT = "Boto3/1.40.1 md/Botocore#1.40.1 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.12.3";
const CONTENT_TYPE = "application/x-www-form-urlencoded; charset=utf-8";

/** GetUser of the caller himself, signed at `now` for this moment and the next 15 minutes. */
export function signedGetUser(host: string, keys: Keys, now: number): SignedRead {
  const body = "Action=GetUser&Version=2010-05-08";
  const date = `${new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const scope = `${date.slice(0, 8)}/us-east-1/iam/aws4_request`;
  const names = "content-type;host;x-amz-date";
  const canonical = `POST\n/\n\ncontent-type:${CONTENT_TYPE}\nhost:${host}\nx-amz-date:${date}\n\n${names}\n${sha256(body)}`;
  const key = scope.split("/").reduce<string | Buffer>(hmac, `AWS4${keys.secretAccessKey}`);
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  const headers = [
    ["Host", host],
    ["Accept-Encoding", "identity"],
    ["Content-Type", CONTENT_TYPE],
    ["User-Agent", USER_AGENT],
    ["X-Amz-Date", date],
    ["Authorization", authorization],
    ["Content-Length", `${body.length}`],
  ];
  return { path: "/", headers: headers.flat(), body, canonical };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
