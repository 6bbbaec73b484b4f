import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { RawRequest, RawResponse } from "#wire/raw.ts";
import { type HttpOptions, type HttpServer, listen } from "../../src/server/http.ts";

const answer = (body: string | Uint8Array): RawResponse => ({ status: 200, headers: {}, body });

const open = (options: Partial<HttpOptions>): Promise<HttpServer> =>
  listen({
    host: "127.0.0.1",
    port: 0,
    handle: async () => answer("ok"),
    tooLarge: () => ({ status: 413, headers: {}, body: "" }),
    ...options,
  });

async function dial({ port }: HttpServer, text: string): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(text);
  return socket;
}

/** The status of the first answer. */
async function statusOf(socket: Socket): Promise<string | undefined> {
  const [head] = await once(socket, "data");
  return String(head).split(" ")[1];
}

const GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
const posting = (length: number, body: string) =>
  `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n${body}`;

test("what fails beside the pipeline is a 500 of its own call, and not the end of the process", async () => {
  const server = await open({ handle: () => Promise.reject(new Error("the log is lost")) });
  const socket = await dial(server, GET);
  assert.equal(await statusOf(socket), "500");
  socket.destroy();
  await server.close();
});

test("whoever does not take his answer is cut off, though he goes on sending", async () => {
  const handle = async (): Promise<RawResponse> => answer(new Uint8Array(64 << 20));
  const server = await open({ handle, takeMs: 200 });
  const socket = await dial(server, GET);
  socket.pause();
  // a paused socket does not see its end: its own writes do
  const knock = setInterval(() => socket.write("x"), 10);
  await new Promise((resolve) => socket.once("close", resolve));
  clearInterval(knock);
  await server.close();
});

test("many broken pieces behind a whole request are refused once, after its answer", async () => {
  const { promise: release, resolve } = Promise.withResolvers<void>();
  const warnings: Error[] = [];
  const warned = (warning: Error) => void warnings.push(warning);
  process.on("warning", warned);
  const server = await open({ handle: () => release.then(() => answer("ok")) });
  const socket = await dial(server, GET);
  for (let at = 0; at < 50; at += 1) {
    socket.write("nonsense\r\n\r\n");
    // a timer's turn lets the server read each piece by itself
    await delay(1);
  }
  resolve();
  let received = "";
  for await (const text of socket) received += String(text);
  assert.deepEqual(received.match(/HTTP\/1.1 \d+/g), ["HTTP/1.1 200", "HTTP/1.1 400"]);
  process.off("warning", warned);
  assert.deepEqual(warnings, []);
  await server.close();
});

test("a connection that asks without end before it is answered is cut off", async () => {
  const release = Promise.withResolvers<void>();
  let handled = 0;
  const handle = async (): Promise<RawResponse> => {
    handled += 1;
    await release.promise;
    return answer("ok");
  };
  const server = await open({ handle });
  const patient = await dial(server, GET.repeat(200));
  const socket = await dial(server, GET);
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.resume();
  for (let at = 0; at < 100 && !socket.destroyed; at += 1) {
    socket.write(GET.repeat(50));
    await delay(1);
  }
  await closed;
  assert.ok(handled <= 200 + 256, `${handled} were handled`);
  release.resolve();
  let answers = 0;
  for await (const text of patient) {
    answers += String(text).match(/HTTP\/1.1 200/g)?.length ?? 0;
    if (answers === 200) break;
  }
  await server.close();
});

test("large bodies of all connections together have a bound; small ones go on", async () => {
  const release = Promise.withResolvers<void>();
  const full = Promise.withResolvers<void>();
  const large = posting(1 << 20, "a".repeat(1 << 20));
  let held = 0;
  const handle = async ({ body }: RawRequest): Promise<RawResponse> => {
    if (body.length < 1 << 20) return answer("ok");
    held += 1;
    if (held === 128) full.resolve();
    await release.promise;
    return answer("ok");
  };
  const server = await open({ handle });
  const holders = await Promise.all(Array.from({ length: 128 }, () => dial(server, large)));
  await full.promise;
  const late = await dial(server, large);
  assert.equal(await statusOf(late), "503");
  const small = await dial(server, posting(9, "Action=Go"));
  assert.equal(await statusOf(small), "200");
  release.resolve();
  assert.deepEqual(new Set(await Promise.all(holders.map(statusOf))), new Set(["200"]));
  const again = await dial(server, large);
  assert.equal(await statusOf(again), "200");
  for (const socket of [...holders, late, small, again]) socket.destroy();
  await server.close();
});

for (const [what, sent] of [
  ["a head that never ends", "POST / HTTP/1.1\r\nHost: x\r\nX-Slow: "],
  ["a body that never ends", posting(1000, "Action=")],
] as const) {
  test(`${what} is answered 408, with date and request id, and cut off`, async () => {
    const server = await open({ requestMs: 200 });
    const socket = await dial(server, sent);
    const [head] = await once(socket, "data");
    assert.match(
      String(head),
      /^HTTP\/1\.1 408 Request Timeout\r\nDate: .+\r\nx-amzn-RequestId: [0-9a-f-]{36}\r\n/,
    );
    await once(socket, "close");
    await server.close();
  });
}

test("a refused body is read to its end, and the connection goes on", async () => {
  const server = await open({});
  for (let at = 0; at < 20; at += 1) {
    const socket = await dial(server, posting(2 << 20, "a".repeat(2 << 20)) + GET);
    let received = "";
    for await (const text of socket) {
      received += String(text);
      if (received.endsWith("ok")) break;
    }
    assert.deepEqual(received.match(/HTTP\/1.1 \d+/g), ["HTTP/1.1 413", "HTTP/1.1 200"]);
  }
  await server.close();
});

test("who goes on sending a refused body is cut off, and is told no second time", async () => {
  const server = await open({ readOnMs: 100 });
  const socket = await dial(server, posting(1 << 30, "a".repeat(2 << 20)));
  let received = "";
  for await (const text of socket) received += String(text);
  assert.deepEqual(received.match(/HTTP\/1.1 \d+/g), ["HTTP/1.1 413"]);
  await server.close();
});
