import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { httpDate, systemClock } from "#base/clock.ts";

const BROKEN: Readonly<Record<string, readonly [status: string, text: string]>> = Object.freeze({
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "the request took too long"],
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "the request's header is too large"],
});

/** What each connection was asked and did not answer yet, oldest first. */
const unanswered = new WeakMap<Duplex, Set<ServerResponse>>();

/** Notes a request whose answer is due; returns how many its connection waits for now. */
export function expectAnswer(socket: Duplex, response: ServerResponse): number {
  const responses = unanswered.get(socket) ?? new Set();
  unanswered.set(socket, responses.add(response));
  response.once("close", () => responses.delete(response));
  return responses.size;
}

/** Connections that are refused once the whole requests before are answered. */
const broken = new WeakSet<Duplex>();

/** What does not parse as HTTP, or came too slowly, is answered once and cut off. */
export function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  // whole requests that came before it on the same connection have their answers first: each answer is taken for the next
  const before = [...(unanswered.get(socket) ?? [])].findLast(({ req }) => req.complete);
  if (before !== undefined) {
    // what is still sent after it is broken too
    if (broken.has(socket)) return;
    broken.add(socket);
    before.once("close", () => refuseBrokenRequest(error, socket));
    return;
  }
  const [status, text] = BROKEN[error.code ?? ""] ?? ["400 Bad Request", "the request is not valid HTTP"];
  const head = [
    `HTTP/1.1 ${status}`,
    `Date: ${httpDate(systemClock())}`,
    `x-amzn-RequestId: ${randomUUID()}`,
    "Content-Type: text/plain; charset=utf-8",
    `Content-Length: ${text.length + 1}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${text}\n`);
}
