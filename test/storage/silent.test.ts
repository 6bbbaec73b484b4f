import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { test } from "node:test";
import { StorageError } from "#storage/errors.ts";
import { openPostgres } from "#storage/postgres/engine.ts";

test("a database that takes the connection and says nothing ends the start with a sentence", async () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  try {
    await assert.rejects(openPostgres(`postgres://u@127.0.0.1:${address.port}/d`, 1, 200), (error) => {
      assert.ok(error instanceof StorageError);
      assert.match(error.message, /^cannot reach the database: /);
      return true;
    });
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});
