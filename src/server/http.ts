import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Server as TlsServer } from "node:https";
import type { Socket } from "node:net";
import { SECOND } from "#base/clock.ts";
import type { RawRequest, RawResponse } from "#wire/raw.ts";
import { plainAnswer } from "./answers.ts";
import { expectAnswer, refuseBrokenRequest } from "./broken.ts";
import { type Held, heldBody } from "./held-body.ts";

import type { TlsPair } from "./tls.ts";
import { openTurnEnd } from "./turn-end.ts";

export interface HttpOptions {
  readonly host: string;
  readonly port: number;
  readonly tls?: TlsPair | undefined;
  readonly handle: (raw: RawRequest) => Promise<RawResponse>;
  /** The answer to a body that grew past the limit. */
  readonly tooLarge: (raw: RawRequest) => RawResponse | Promise<RawResponse>;
  /** In place of `TAKE_MS`, for tests. */
  readonly takeMs?: number;
  /** In place of `HEAD_MS` and `REQUEST_MS`, for tests. */
  readonly requestMs?: number;
  /** In place of `READ_ON_MS`, for tests. */
  readonly readOnMs?: number;
}

export interface HttpServer {
  readonly port: number;
  /**
   * Shows another certificate to new connections, where the server speaks https; those that are open stay. Throws OpenSSL's
   * error where it cannot be used, and goes on with the one before.
   */
  readonly renew: (pair: TlsPair) => void;
  /** Takes no more connections, lets what runs end, and resolves when all is closed. */
  close(): Promise<void>;
}

/** Who has not taken his whole answer by then is cut off: what is left of it would lie in memory until he does. */
const TAKE_MS = 60 * SECOND;
/** A head takes no longer, and a whole request no longer. */
const HEAD_MS = 10 * SECOND;
const REQUEST_MS = 20 * SECOND;
/** How long a refused body is read on: who is cut off while he sends may never see the answer. */
const READ_ON_MS = 5 * SECOND;
/** How often connections are held against these. */
const CHECK_MS = 2 * SECOND;
/** Requests that one connection may have sent before their answers. No SDK sends a second one; all would stand before others'. */
const MOST_UNANSWERED = 256;
/** Open connections beyond this are refused by the system, not held. */
const MAX_CONNECTIONS = 10_000;
/** What is still running this long after the close is cut off. */
const DRAIN_MS = 10 * SECOND;
/** How often a server that closes looks for connections that wait for nothing. */
const SWEEP_MS = 100;

/** While `ending`, every answer tells its client that the connection ends with it. */
interface Connections extends Held {
  ending: boolean;
}

/** Serves on `host:port` (0 picks a free port). Rejects with the system's error, e.g. `EADDRINUSE`. */
export function listen(options: HttpOptions): Promise<HttpServer> {
  const connections: Connections = { ending: false, held: 0 };
  const server = createHttpServer(options, connections);
  server.maxConnections = MAX_CONNECTIONS;
  // who has sent his request and closed that side still reads: node would drop the answer that is not yet written
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on("clientError", refuseBrokenRequest);
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
    request.resume();
    send(response, plainAnswer(417, "unsupported Expect header"));
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, () => {
      server.off("error", reject);
      const address = server.address();
      resolve({
        port: typeof address === "object" && address !== null ? address.port : options.port,
        renew: (pair) => {
          if ("setSecureContext" in server) server.setSecureContext(secureOptions(pair));
        },
        close: () => drain(server, connections),
      });
    });
  });
}

function createHttpServer(
  { tls, handle, tooLarge, takeMs = TAKE_MS, requestMs = REQUEST_MS, readOnMs = READ_ON_MS }: HttpOptions,
  connections: Connections,
): Server | TlsServer {
  // a slow head or body ends in node's own 408, through refuseBrokenRequest
  const limits = {
    headersTimeout: Math.min(requestMs, HEAD_MS),
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.min(requestMs, CHECK_MS),
    keepAliveTimeout: 65 * SECOND,
    noDelay: true,
    // node's own refusal carries no request id: `receive` refuses
    requireHostHeader: false,
  };
  const take = openTurnEnd();
  const post = openTurnEnd();
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    receive(request, response, { handle, tooLarge, takeMs, readOnMs, connections, take, post });
  };
  // not imported: an import reads every export, and node:http's WebSocket then loads a whole client, a fifth of the start
  if (tls === undefined) {
    const { createServer } = process.getBuiltinModule("node:http");
    return createServer(limits, onRequest);
  }
  const { createServer } = process.getBuiltinModule("node:https");
  const handshakeTimeout = limits.headersTimeout;
  return createServer({ ...limits, ...secureOptions(tls), handshakeTimeout }, onRequest);
}

const secureOptions = ({ cert, key }: TlsPair) => ({ cert, key, minVersion: "TLSv1.2" as const });

interface Receiving extends Pick<HttpOptions, "handle" | "tooLarge"> {
  readonly takeMs: number;
  readonly readOnMs: number;
  readonly connections: Connections;
  readonly take: (handle: () => void) => void;
  readonly post: (send: () => void) => void;
}

/** Collects the body, hands the request on, and sends the answer; whoever goes away in between is forgotten. */
function receive(request: IncomingMessage, response: ServerResponse, receiving: Receiving): void {
  const { handle, tooLarge, takeMs, readOnMs, connections, take, post } = receiving;
  if (expectAnswer(request.socket, response) > MOST_UNANSWERED) {
    request.socket.destroy();
    return;
  }
  // RFC 9112 section 3.2
  if (request.httpVersion === "1.1" && request.headers.host === undefined) {
    send(response, plainAnswer(400, "the request has no Host header"));
    request.resume();
    return;
  }
  const body = heldBody(connections);
  const answerWith = (answer: RawResponse): void =>
    send(response, connections.ending ? lastOf(answer) : answer);
  let refused = false;
  request.on("data", (chunk: Buffer) => {
    const fit = body.add(chunk);
    if (fit === "fits" || refused) return;
    refused = true;
    readOn(request, readOnMs);
    const head = rawOf(request, new Uint8Array());
    void Promise.resolve(fit === "too large" ? tooLarge(head) : noRoom())
      .catch(failed)
      .then(answerWith);
  });
  request.on("error", () => response.destroy());
  response.once("close", body.letGo);
  request.on("end", () => {
    const whole = body.whole();
    if (whole === undefined) return;
    take(() => {
      void handle(rawOf(request, whole))
        .catch(failed)
        .then((answer) =>
          post(() => {
            answerWith(answer);
            cutOffUnlessTaken(response, takeMs);
          }),
        );
    });
  });
}

const noRoom = (): RawResponse => plainAnswer(503, "the server holds as many unfinished requests as it can");

/** Whoever handles has logged it; here it would end the process. */
const failed = (): RawResponse => plainAnswer(500, "the request failed inside");

/** The rest of a refused body is let go as it comes. The connection lasts if it ends in time. */
function readOn(request: IncomingMessage, ms: number): void {
  const cut = setTimeout(() => request.destroy(), ms);
  for (const over of ["end", "close"]) request.once(over, () => clearTimeout(cut));
}

const lastOf = (answer: RawResponse): RawResponse => ({
  ...answer,
  headers: { ...answer.headers, connection: "close" },
});

/** Nearly every answer is with the system as soon as it is sent, and needs no timer. */
function cutOffUnlessTaken(response: ServerResponse, ms: number): void {
  if ((response.socket?.writableLength ?? 0) === 0) return;
  const cut = setTimeout(() => response.destroy(), ms);
  response.once("close", () => clearTimeout(cut));
}

function rawOf(request: IncomingMessage, body: Uint8Array): RawRequest {
  const socket: Socket & { encrypted?: boolean } = request.socket;
  return {
    method: request.method ?? "",
    target: request.url ?? "",
    rawHeaders: request.rawHeaders,
    body,
    peer: { address: socket.remoteAddress ?? "", encrypted: socket.encrypted === true },
  };
}

function send(response: ServerResponse, { status, headers, cookies, body }: RawResponse): void {
  if (response.headersSent || response.destroyed) return;
  if (cookies !== undefined) response.setHeader("set-cookie", cookies);
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

function drain(server: Server | TlsServer, connections: Connections): Promise<void> {
  connections.ending = true;
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    // an answer may have left just before, and its client holds the connection for its next call
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}
