import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
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

test("whoever takes nothing of his answer is cut off, and what he did not take is let go", async () => {
  const { promise: cut, resolve } = Promise.withResolvers<void>();
  const handle = async (): Promise<RawResponse> => answer(new Uint8Array(64 << 20));
  const server = await open({ handle, stalledMs: 200 });
  const socket = await dial(server, GET);
  socket.pause();
  socket.once("close", resolve);
  // a paused socket does not see its end: its own writes do
  const knock = setInterval(() => socket.write("x"), 50);
  await cut;
  clearInterval(knock);
  await server.close();
});

test("large bodies of all connections together have a bound; small ones go on", async () => {
  const { promise: release, resolve } = Promise.withResolvers<void>();
  const large = 1024 * 1024;
  const handle = async ({ body }: RawRequest): Promise<RawResponse> => {
    if (body.length === large) await release;
    return answer("ok");
  };
  const server = await open({ handle });
  const holders = await Promise.all(
    Array.from({ length: 128 }, () => dial(server, posting(large, "a".repeat(large - 1)))),
  );
  // all that they sent has been read before the next one is
  await Promise.all(holders.map((socket) => (socket.writableLength > 0 ? once(socket, "drain") : undefined)));
  const late = await dial(server, posting(large, "a".repeat(large)));
  assert.equal(await statusOf(late), "503");
  const small = await dial(server, posting(9, "Action=Go"));
  assert.equal(await statusOf(small), "200");
  for (const socket of holders) socket.write("a");
  resolve();
  assert.deepEqual(new Set(await Promise.all(holders.map(statusOf))), new Set(["200"]));
  const again = await dial(server, posting(large, "a".repeat(large)));
  assert.equal(await statusOf(again), "200");
  for (const socket of [...holders, late, small, again]) socket.destroy();
  await server.close();
});
