import { randomUUID } from "node:crypto";
import { httpDate, systemClock } from "#base/clock.ts";
import type { RawResponse } from "#wire/raw.ts";

/** An answer of the server's own, in words. */
export function plainAnswer(status: number, text: string): RawResponse {
  return {
    status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "x-amzn-requestid": randomUUID(),
      date: httpDate(systemClock()),
    },
    body: `${text}\n`,
  };
}
