/**
 * The load, in a process of its own: keeps connections open, sends the same bytes on each again as soon as the answer is whole, and
 * counts. Takes a `Task` a message, answers each with a `Count`. As little work as can be, so that the servers are what is slow.
 */
import { connect, type Socket } from "node:net";

export interface Task {
  readonly port: number;
  /** Whole requests, head and body, as latin1: the connections take them in turn. */
  readonly requests: readonly string[];
  readonly connections: number;
  readonly ms: number;
}

export interface Count {
  readonly answers: number;
  readonly ms: number;
}

interface Connection {
  readonly socket: Socket;
  readonly request: Buffer;
  /** Bytes of the answer that are still to come; 0 while its head is. */
  left: number;
  head: string;
}

process.on("message", (task: Task) => {
  void run(task).then((count) => process.send?.(count));
});

async function run(task: Task): Promise<Count> {
  const load = { answers: 0, over: false };
  const requests = task.requests.map((text) => Buffer.from(text, "latin1"));
  const connections = await Promise.all(
    Array.from({ length: task.connections }, (_, at) => open(task.port, requests[at % requests.length])),
  );
  for (const connection of connections) {
    connection.socket.on("data", (chunk: Buffer) => receive(connection, chunk, load));
    connection.socket.on("close", () => {
      if (!load.over) throw new Error("the server closed a connection");
    });
  }
  const started = performance.now();
  for (const { socket, request } of connections) socket.write(request);
  await new Promise((resolve) => setTimeout(resolve, task.ms));
  const count = { answers: load.answers, ms: performance.now() - started };
  load.over = true;
  for (const { socket } of connections) socket.destroy();
  return count;
}

function open(port: number, request = Buffer.alloc(0)): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    socket.once("error", reject);
    socket.once("connect", () => resolve({ socket, request, left: 0, head: "" }));
  });
}

const STATUS = /^HTTP\/1\.1 200 /;
const LENGTH = /\r\ncontent-length: (\d+)\r\n/i;

function receive(connection: Connection, chunk: Buffer, load: { answers: number }): void {
  if (connection.left > 0) {
    connection.left -= chunk.length;
  } else {
    connection.head += chunk.toString("latin1");
    const end = connection.head.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = LENGTH.exec(connection.head)?.[1];
    if (!STATUS.test(connection.head) || length === undefined) throw new Error(connection.head);
    connection.left = end + 4 + Number(length) - connection.head.length;
    connection.head = "";
  }
  if (connection.left > 0) return;
  load.answers += 1;
  connection.socket.write(connection.request);
}
