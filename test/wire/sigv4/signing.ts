import { createHash, createHmac, type Hash, type Hmac, hash } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { epochMs, isoBasic } from "#base/clock.ts";
import type { RawRequest } from "#wire/raw.ts";
import { SECRET } from "./vectors.ts";

export const KEY_ID = "AKIDEXAMPLE";
export const NOW = epochMs(Date.UTC(2026, 10, 24, 12, 0, 0));

export interface Unsigned {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A signer that others wrote: what it signs must verify. */
export function signerFor(service: string, region = "us-east-1", sessionToken?: string): SignatureV4 {
  return new SignatureV4({
    service,
    region,
    credentials: {
      accessKeyId: KEY_ID,
      secretAccessKey: SECRET,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    },
    sha256: NodeSha256,
    applyChecksum: false,
  });
}

class NodeSha256 {
  readonly #hash: Hash | Hmac;
  constructor(secret?: unknown) {
    // smithy hands over the key as text or bytes
    const key = secret as string | Uint8Array | undefined;
    this.#hash = key === undefined ? createHash("sha256") : createHmac("sha256", key);
  }
  update(data: Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {}
}

export async function presign(
  request: Partial<Unsigned>,
  options: { service?: string; token?: string; expiresIn?: number } = {},
): Promise<RawRequest> {
  const signed = await signerFor(options.service ?? "sts", "us-east-1", options.token).presign(
    toHttpRequest(request),
    {
      signingDate: new Date(NOW),
      expiresIn: options.expiresIn ?? 60,
    },
  );
  const pairs = Object.entries(signed.query ?? {}).map(
    // the query holds single values here
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value as string)}`,
  );
  return toRawRequest({
    ...unsignedOf(request),
    target: `${signed.path}?${pairs.join("&")}`,
    headers: signed.headers,
  });
}

export async function signInHeader(
  request: Partial<Unsigned>,
  service = "sts",
  token?: string,
): Promise<RawRequest> {
  const signed = await signerFor(service, "us-east-1", token).sign(toHttpRequest(request), {
    signingDate: new Date(NOW),
  });
  const pairs = Object.entries(request.query ?? {}).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  const target = pairs.length === 0 ? signed.path : `${signed.path}?${pairs.join("&")}`;
  return toRawRequest({ ...unsignedOf(request), target, headers: signed.headers });
}

/** A request signed by hand, so that every part of it can be wrong on its own and the signature still be right for it. */
export function handSigned(change: {
  readonly headers?: readonly (readonly [string, string])[];
  readonly signedHeaders?: string;
  readonly scope?: string;
  readonly date?: string;
  readonly body?: string;
  readonly algorithm?: string;
}): RawRequest {
  const date = change.date ?? isoBasic(NOW);
  const headers = change.headers ?? [
    ["Host", "localhost"],
    ["X-Amz-Date", date],
  ];
  const names = change.signedHeaders ?? "host;x-amz-date";
  const scope = change.scope ?? `${date.slice(0, 8)}/us-east-1/iam/aws4_request`;
  const body = change.body ?? "Action=ListUsers&Version=2010-05-08";
  const lines = names.split(";").map((name) => {
    const values = headers.filter(([sent]) => sent.toLowerCase() === name).map(([, value]) => value);
    return `${name}:${values.join(",")}\n`;
  });
  const canonical = `POST\n/\n\n${lines.join("")}\n${names}\n${hash("sha256", body)}`;
  const text = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash("sha256", Buffer.from(canonical, "latin1"))}`;
  const key = scope
    .split("/")
    .reduce<Buffer>(
      (sofar, part) => createHmac("sha256", sofar).update(part).digest(),
      Buffer.from(`AWS4${SECRET}`),
    );
  const signature = createHmac("sha256", key).update(text).digest("hex");
  const authorization = `${change.algorithm ?? "AWS4-HMAC-SHA256"} Credential=${KEY_ID}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return toRawRequest({
    method: "POST",
    target: "/",
    headers: [...headers, ["Authorization", authorization]],
    body,
  });
}

export function toRawRequest(parts: {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>> | readonly (readonly [string, string])[];
  readonly body: string;
}): RawRequest {
  // the union is told apart by `isArray`, which does not narrow readonly arrays
  const pairs = (Array.isArray(parts.headers) ? parts.headers : Object.entries(parts.headers)) as [
    string,
    string,
  ][];
  return {
    method: parts.method,
    target: wireText(parts.target),
    rawHeaders: pairs.flat().map(wireText),
    body: Buffer.from(parts.body, "utf8"),
    peer: { address: "127.0.0.1", encrypted: false },
  };
}

/** Text as node hands it on once UTF-8 went over the wire: a character a byte. */
function wireText(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

function unsignedOf(request: Partial<Unsigned>): Unsigned {
  return { method: "GET", path: "/", query: {}, headers: { host: "localhost:8400" }, body: "", ...request };
}

function toHttpRequest(request: Partial<Unsigned>) {
  return {
    protocol: "http:",
    hostname: "localhost",
    ...unsignedOf(request),
    headers: { ...unsignedOf(request).headers },
    query: { ...request.query },
  };
}
