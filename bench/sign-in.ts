import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { CreateLoginProfileCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import { clients } from "../test/support/sdk.ts";
import { createAccount, startServer, type TestAccount, type TestServer } from "../test/support/server.ts";
import { answerOf, startChild } from "./child.ts";
import type { Count, Task } from "./load.ts";
import { type Request, render } from "./request.ts";
import { type Bench, median, percentile, type Row } from "./row.ts";
import { signedGetUser } from "./signed-read.ts";
import type { SteadyTask } from "./steady.ts";

const NAMES = {
  alone: "sign-in by password, beyond its hash",
  beside: "99 of 100 signed reads, beside 50 sign-ins",
} as const;

const PASSWORD = "correct-Horse-7-battery";
const SIGN_INS = 50;
const ROUNDS = 101;
const WARM_ROUNDS = 30;
const PAGE = Buffer.alloc(4096);
const READS_A_SECOND = 100;
const READS_MS = 10_000;
/** Until the compiler has seen enough, and the queue before the hasher is full. */
const WARM_MS = 3000;
/** An answer that does not come. */
const MOST_MS = 10_000;

/**
 * Users without a device sign in to the server as it is run: a process of its own, SQLite on the disk, standard settings but for
 * a proxy that says where they are. First fifty at once and again and again, while an administrator reads; then, by a server that
 * has been at work as servers are, one at a time, in turn with a bare hash in a process of its own. All passwords are right, so
 * that nobody is made to wait.
 */
export const signIn: Bench = {
  names: Object.values(NAMES),
  async measure() {
    const server = await startServer({ settings: { COUNTERSIGN_TRUSTED_PROXIES: "127.0.0.1" } });
    const children = {
      hash: startChild("hash.ts"),
      load: startChild("load.ts"),
      reader: startChild("steady.ts"),
    };
    try {
      const account = await createAccount(server);
      const people = await makePeople(server, account);
      const busy = await beside(children, server.port, people, account);
      return [await alone(children.hash, server, people[0] ?? fail()), busy];
    } finally {
      for (const each of Object.values(children)) each.kill();
      await server.stop();
    }
  },
};

const fail = (): never => {
  throw new Error("nobody to sign in");
};

/** Their requests to sign in. */
async function makePeople(
  server: TestServer,
  { accountId, admin }: TestAccount,
): Promise<readonly Request[]> {
  using made = clients(server, admin);
  const people: Request[] = [];
  for (let nth = 0; nth < SIGN_INS; nth++) {
    const UserName = `user-${nth}`;
    await made.iam.send(new CreateUserCommand({ UserName }));
    await made.iam.send(new CreateLoginProfileCommand({ UserName, Password: PASSWORD }));
    people.push(
      signInRequest(server.port, nth, { Type: "user", Account: accountId, UserName, Password: PASSWORD }),
    );
  }
  return people;
}

/** As a browser sends it from the console's page, each from a place of its own: of one place fewer may sign in at once. */
function signInRequest(port: number, nth: number, input: object): Request {
  const body = JSON.stringify(input);
  const origin = `http://localhost:${port}`;
  const headers = [
    ["Host", `localhost:${port}`],
    ["Origin", origin],
    ["Sec-Fetch-Site", "same-origin"],
    ["User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"],
    ["X-Forwarded-For", `192.0.2.${nth + 1}`],
    ["X-Countersign-Console", "1"],
    ["Content-Type", "application/x-amz-json-1.1"],
    ["X-Amz-Target", "CountersignSignin_20261101.SubmitPassword"],
    ["Content-Length", `${body.length}`],
  ];
  return { path: "/console/api", headers: headers.flat(), body };
}

/** The disk has its part in it: a sign-in is answered when it is kept, so what keeping a page takes is told beside. */
async function alone(hash: ChildProcess, { port, folder }: TestServer, person: Request): Promise<Row> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  const disk = openSync(join(folder, "page"), "w");
  const rounds: { hash: number; whole: number; kept: number }[] = [];
  for (let nth = -WARM_ROUNDS; nth < ROUNDS; nth++) {
    const kept = keepPageMs(disk);
    const round = {
      hash: await answerOf<number>(hash, {}),
      whole: await signInMs(socket, render(person)),
      kept,
    };
    if (nth >= 0) rounds.push(round);
  }
  socket.destroy();
  closeSync(disk);
  const middle = (value: "hash" | "whole" | "kept") => median(rounds.map((round) => round[value])).toFixed(1);
  return {
    name: NAMES.alone,
    figure: median(rounds.map((round) => round.whole - round.hash)),
    bar: 2,
    must: "stay below",
    unit: "ms",
    seen: `${middle("whole")} ms against ${middle("hash")} ms; the disk keeps a page in ${middle("kept")} ms`,
  };
}

function keepPageMs(disk: number): number {
  const started = performance.now();
  writeSync(disk, PAGE);
  fdatasyncSync(disk);
  return performance.now() - started;
}

/** By bare bytes: a client of many parts takes a millisecond of its own. */
async function signInMs(socket: Socket, request: string): Promise<number> {
  const started = performance.now();
  socket.write(request);
  let text = "";
  while (!text.includes('"session"')) {
    const [chunk] = await once(socket, "data", { signal: AbortSignal.timeout(MOST_MS) });
    text += chunk;
    if (!text.startsWith("HTTP/1.1 200 ")) throw new Error(`answered ${text}`);
  }
  return performance.now() - started;
}

async function beside(
  { load, reader }: Readonly<Record<"load" | "reader", ChildProcess>>,
  port: number,
  people: readonly Request[],
  { admin }: TestAccount,
): Promise<Row> {
  const read = signedGetUser(`localhost:${port}`, admin, Date.now());
  const reads = (ms: number) => {
    const { path, headers, body } = read;
    const task: SteadyTask = { port, path, headers, body, perSecond: READS_A_SECOND, ms };
    return answerOf<readonly number[]>(reader, task);
  };
  const task: Task = {
    port,
    requests: people.map(render),
    connections: SIGN_INS,
    ms: 2 * WARM_MS + READS_MS,
  };
  await reads(WARM_MS);
  const quiet = await reads(READS_MS);
  const [busy, { answers, ms }] = await Promise.all([
    reads(WARM_MS).then(() => reads(READS_MS)),
    answerOf<Count>(load, task),
  ]);
  const p99 = (times: readonly number[]) => percentile(times, 0.99);
  return {
    name: NAMES.beside,
    figure: p99(busy),
    bar: 20,
    must: "stay below",
    unit: "ms",
    seen: `${p99(quiet).toFixed(1)} ms with none; ${((1000 * answers) / ms).toFixed(0)} sign-ins a second`,
  };
}
