import assert from "node:assert/strict";
import { test } from "node:test";
import type { RawRequest } from "#wire/raw.ts";
import { handle } from "../../src/server/app.ts";
import { openStage } from "../attacks/stage.ts";

interface Case {
  readonly method?: string;
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether AWS's protocols answer it. */
  readonly aws: boolean;
}

const ACTION = "Action=GetCallerIdentity&Version=2011-06-15";
const FORM = "application/x-www-form-urlencoded";

/** DESIGN 1, "one port for all". */
const CASES: Readonly<Record<string, Case>> = {
  "a form with Action": { method: "POST", headers: { "Content-Type": FORM }, body: ACTION, aws: true },
  "its type with a charset": {
    method: "POST",
    headers: { "content-type": `${FORM}; charset=utf-8` },
    body: ACTION,
    aws: true,
  },
  // RFC 9110 section 8.3.1
  "its type in other letters": {
    method: "POST",
    headers: { "content-type": "Application/X-WWW-Form-URLEncoded" },
    body: ACTION,
    aws: true,
  },
  "Action behind another parameter": {
    method: "POST",
    headers: { "content-type": FORM },
    body: "Version=2011-06-15&Action=GetCallerIdentity",
    aws: true,
  },
  "Action in the query": { target: `/?${ACTION}`, aws: true },
  "a presigned one": { target: "/?X-Amz-Algorithm=x", aws: true },
  "a signature": { headers: { AUTHORIZATION: "x" }, aws: true },
  "a target": { method: "POST", headers: { "x-amz-target": "x" }, aws: true },
  "Action as the end of another name": { target: "/?myAction=x", aws: false },
  "Action in other letters": { target: "/?action=x", aws: false },
  "a form without Action": {
    method: "POST",
    headers: { "content-type": FORM },
    body: "name=x",
    aws: false,
  },
  "Action in a body that is no form": {
    method: "POST",
    headers: { "content-type": "text/plain" },
    body: ACTION,
    aws: false,
  },
};

test("what carries a mark of AWS is answered by its protocols, the rest is not", async () => {
  await using stage = await openStage();
  for (const [name, { method = "GET", target = "/", headers = {}, body = "", aws }] of Object.entries(
    CASES,
  )) {
    const raw: RawRequest = {
      method,
      target,
      rawHeaders: ["Host", "localhost:8400", ...Object.entries(headers).flat()],
      body: Buffer.from(body),
      peer: { address: "192.0.2.1", encrypted: false },
    };
    const answer = await handle(stage.app, raw);
    assert.equal(/^text\/xml|amz-json/.test(answer.headers["content-type"] ?? ""), aws, name);
  }
});
