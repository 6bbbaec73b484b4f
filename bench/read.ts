import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createAccount, startServer } from "../test/support/server.ts";
import { answerOf, startChild } from "./child.ts";
import type { Count, Task } from "./load.ts";
import { render } from "./request.ts";
import { type Bench, median, type Row } from "./row.ts";
import { signedGetUser } from "./signed-read.ts";

const NAMES = {
  64: "signed IAM read at 64 connections, against a bare echo",
  16: "signed IAM read at 16 connections, against a bare echo",
} as const;
const BARS = { 64: 40, 16: 25 } as const;

const ROUNDS = 9;
const ROUND_MS = 700;
/** Until the compiler has seen enough: a server runs for weeks. */
const WARM_MS = 5000;

/**
 * GetUser by an administrator, authorized and audited, by the server as it is run (a process of its own, SQLite, standard
 * settings), and an echo of as many bytes, under the same load from a third process, in turn.
 */
export const read: Bench = {
  names: Object.values(NAMES),
  async measure() {
    const server = await startServer();
    const load = startChild("load.ts");
    const { admin } = await createAccount(server);
    const request = render(signedGetUser(`localhost:${server.port}`, admin, Date.now()));
    const echo = await startEcho(await answerLength(server.port, request));
    try {
      const ports = { ours: server.port, bare: echo.port };
      const rows: Row[] = [];
      for (const connections of [64, 16] as const)
        rows.push(await compare(load, ports, request, connections));
      return rows;
    } finally {
      load.kill();
      echo.child.kill();
      await server.stop();
    }
  },
};

async function answerLength(port: number, request: string): Promise<number> {
  const [head = "", body = ""] = request.split("\r\n\r\n");
  const headers = head
    .split("\r\n")
    .slice(1)
    .map((line) => line.split(": ", 2) as [string, string]);
  const { request: ask } = await import("node:http");
  const asked = ask({ port, host: "127.0.0.1", method: "POST", headers: Object.fromEntries(headers) });
  asked.end(body);
  const [response] = await once(asked, "response");
  let length = 0;
  for await (const chunk of response) length += chunk.length;
  if (response.statusCode !== 200) throw new Error(`answered ${response.statusCode}`);
  return length;
}

async function startEcho(bytes: number): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "echo.ts"), `${bytes}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  return { child, port: Number(/:(\d+)\s*$/.exec(`${line}`)?.[1]) };
}

async function compare(
  load: ChildProcess,
  ports: { readonly ours: number; readonly bare: number },
  request: string,
  connections: 64 | 16,
): Promise<Row> {
  const rate = (port: number, ms: number) => measured(load, { port, requests: [request], connections, ms });
  for (const port of [ports.bare, ports.ours]) await rate(port, WARM_MS);
  const rounds: { ours: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push({ bare: await rate(ports.bare, ROUND_MS), ours: await rate(ports.ours, ROUND_MS) });
  const [ours, bare] = [median(rounds.map((one) => one.ours)), median(rounds.map((one) => one.bare))];
  return {
    name: NAMES[connections],
    figure: median(rounds.map((one) => (100 * one.ours) / one.bare)),
    bar: BARS[connections],
    must: "stay above",
    unit: "percent",
    seen: `${Math.round(ours)} a second against ${Math.round(bare)}`,
  };
}

/** Answers a second. */
async function measured(load: ChildProcess, task: Task): Promise<number> {
  const { answers, ms } = await answerOf<Count>(load, task);
  return (1000 * answers) / ms;
}
