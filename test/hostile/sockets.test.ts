import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { createAccount, startServer, type TestAccount, type TestServer } from "../support/server.ts";
import { sign } from "../support/sign.ts";
import { chance } from "./random.ts";

const LONG = process.env.COUNTERSIGN_TEST_LONG === "1";
const FORM = "application/x-www-form-urlencoded; charset=utf-8";
const WHO_AM_I = "Action=GetCallerIdentity&Version=2011-06-15";

let server: TestServer;
let account: TestAccount;

before(async () => {
  server = await startServer();
  account = await createAccount(server);
});

after(() => server.stop());

interface HttpAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

interface Exchange {
  readonly pieces: readonly (string | Uint8Array)[];
  /** Ends our half when all is sent; the server's half stays open. */
  readonly halfClose?: boolean;
  /** Waits for the server to end the connection, not for so many answers. */
  readonly answers?: number;
}

/** Sends the pieces one after another and reads what comes back, until it is enough or the server hangs up. */
function exchange({ pieces, halfClose, answers }: Exchange): Promise<readonly HttpAnswer[]> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: server.port, host: "127.0.0.1", allowHalfOpen: true });
    let received = "";
    const finish = () => {
      socket.destroy();
      resolve(parse(received));
    };
    const deadline = setTimeout(() => reject(new Error(`no end: ${received}`)), 60_000).unref();
    socket.setEncoding("latin1").on("data", (text: string) => {
      received += text;
      if (answers !== undefined && parse(received).length >= answers) finish();
    });
    socket.once("end", finish);
    // a server that refuses may reset while we still send; what it said before counts
    socket.once("error", finish);
    socket.once("close", () => clearTimeout(deadline));
    const send = (at: number): void => {
      const piece = pieces[at];
      if (piece === undefined) {
        if (halfClose === true) socket.end();
      } else socket.write(piece, () => setImmediate(send, at + 1));
    };
    socket.once("connect", () => send(0));
  });
}

/** The answers in `text` that are whole; interim ones are passed over. */
function parse(text: string): readonly HttpAnswer[] {
  const answers: HttpAnswer[] = [];
  for (let rest = text; rest !== ""; ) {
    const end = rest.indexOf("\r\n\r\n");
    if (end < 0) break;
    const [line = "", ...fields] = rest.slice(0, end).split("\r\n");
    const headers = new Map(
      fields.map((field): [string, string] => {
        const colon = field.indexOf(":");
        return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
      }),
    );
    const status = Number(line.split(" ")[1]);
    const length = status < 200 ? 0 : Number(headers.get("content-length") ?? rest.length - end - 4);
    const body = rest.slice(end + 4, end + 4 + length);
    if (body.length < length) break;
    if (status >= 200) answers.push({ status, headers, body });
    rest = rest.slice(end + 4 + length);
  }
  return answers;
}

function check({ status, headers, body }: HttpAnswer): void {
  assert.ok(status >= 200 && status < 500, `status ${status}: ${body}`);
  assert.ok(Number.isFinite(Date.parse(headers.get("date") ?? "")), `no Date with ${status}: ${body}`);
  assert.ok(headers.has("x-amzn-requestid"), `no x-amzn-RequestId with ${status}: ${body}`);
}

/** A whole request that is signed well, as text. */
function good(body = WHO_AM_I, contentType = FORM): string {
  const host = `127.0.0.1:${server.port}`;
  const headers = sign({ method: "POST", target: "/", host, contentType, body }, account.admin, {
    service: "sts",
    at: Date.now(),
  });
  const lines = Array.from(
    { length: headers.length / 2 },
    (_, at) => `${headers[2 * at]}: ${headers[2 * at + 1]}`,
  );
  return `POST / HTTP/1.1\r\n${lines.join("\r\n")}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const head = (...lines: readonly string[]): string => `${lines.join("\r\n")}\r\n\r\n`;
const POST = ["POST / HTTP/1.1", "Host: x", `Content-Type: ${FORM}`] as const;

interface Case {
  readonly name: string;
  readonly send: () => Exchange;
  /** One status for each answer; none means that the connection may just be ended. */
  readonly statuses: readonly number[];
}

const CASES: readonly Case[] = [
  {
    name: "three at once",
    send: () => ({ pieces: [good() + good() + good()], answers: 3 }),
    statuses: [200, 200, 200],
  },
  {
    name: "a good one, nonsense, and what would follow",
    send: () => ({ pieces: [`${good()}nonsense\r\n\r\n${good()}`] }),
    statuses: [200, 400],
  },
  { name: "half closed", send: () => ({ pieces: [good()], halfClose: true }), statuses: [200] },
  { name: "byte by byte", send: () => ({ pieces: [...good()], answers: 1 }), statuses: [200] },
  {
    name: "half closed in the middle of the body",
    send: () => ({ pieces: [good().slice(0, -5)], halfClose: true }),
    statuses: [400],
  },
  {
    name: "a header of 100 KB",
    send: () => ({ pieces: [head(...POST, `X-Long: ${"a".repeat(100_000)}`)] }),
    statuses: [431],
  },
  {
    name: "ten thousand headers",
    send: () => ({ pieces: [head(...POST, ...Array.from({ length: 10_000 }, (_, at) => `X-${at}: a`))] }),
    statuses: [431],
  },
  {
    name: "a body of 2 MB",
    send: () => ({
      pieces: [head(...POST, "Content-Length: 2000000"), `Action=${"a".repeat(1_999_993)}`, good()],
      answers: 2,
    }),
    statuses: [413, 200],
  },
  {
    name: "a body that says 2 GB",
    send: () => ({
      pieces: [head(...POST, "Content-Length: 2000000000"), ...Array<string>(40).fill("a".repeat(100_000))],
      answers: 1,
    }),
    statuses: [413],
  },
  {
    name: "chunks without end",
    send: () => ({
      pieces: [
        head(...POST, "Transfer-Encoding: chunked"),
        ...Array<string>(40).fill(`10000\r\n${"a".repeat(65_536)}\r\n`),
      ],
      answers: 1,
    }),
    statuses: [413],
  },
  {
    name: "a chunk of no length",
    send: () => ({ pieces: [head(...POST, "Transfer-Encoding: chunked"), "xyz\r\n"] }),
    statuses: [400],
  },
  {
    name: "a length and chunks",
    send: () => ({ pieces: [head(...POST, "Content-Length: 5", "Transfer-Encoding: chunked"), "0\r\n\r\n"] }),
    statuses: [400],
  },
  {
    name: "two lengths",
    send: () => ({ pieces: [head(...POST, "Content-Length: 5", "Content-Length: 6"), "Action"] }),
    statuses: [400],
  },
  {
    name: "a negative length",
    send: () => ({ pieces: [head(...POST, "Content-Length: -1")] }),
    statuses: [400],
  },
  {
    name: "no host",
    send: () => ({ pieces: [head("GET /?Action=GetUser HTTP/1.1")], answers: 1 }),
    statuses: [400],
  },
  {
    name: "two hosts",
    send: () => ({ pieces: [head("GET /?Action=GetUser HTTP/1.1", "Host: a", "Host: b")], answers: 1 }),
    statuses: [400],
  },
  { name: "nonsense", send: () => ({ pieces: ["\0\x01\x02\r\n\r\n"] }), statuses: [400] },
  { name: "HTTP/2 at once", send: () => ({ pieces: ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] }), statuses: [400] },
  {
    name: "TLS to a plain port",
    send: () => ({ pieces: [Buffer.from("16030100c8010000c4", "hex")], halfClose: true }),
    statuses: [400],
  },
  { name: "HTTP/1.0", send: () => ({ pieces: [good().replace("HTTP/1.1", "HTTP/1.0")] }), statuses: [200] },
  {
    name: "a header split in two lines",
    send: () => ({ pieces: [head("GET /?Action=X HTTP/1.1", "Host: x", "X-A: b", " c")] }),
    statuses: [400],
  },
  {
    name: "what is expected, is not",
    send: () => ({ pieces: [head(...POST, "Expect: miracle", "Content-Length: 0")], answers: 1 }),
    statuses: [417],
  },
  {
    name: "waits to be told to go on",
    send: () => ({
      pieces: [good().replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n")],
      answers: 1,
    }),
    statuses: [200],
  },
  {
    name: "an upgrade",
    send: () => ({
      pieces: [head("GET /?Action=X HTTP/1.1", "Host: x", "Connection: Upgrade", "Upgrade: h2c")],
      answers: 1,
    }),
    statuses: [400],
  },
  {
    name: "a tunnel",
    send: () => ({ pieces: [head("CONNECT example.com:443 HTTP/1.1", "Host: x")] }),
    statuses: [],
  },
  {
    name: "JSON under a good signature",
    send: () => ({
      pieces: [good('{"Action":"GetCallerIdentity"}', "application/x-amz-json-1.1")],
      answers: 1,
    }),
    statuses: [400],
  },
  { name: "no content type", send: () => ({ pieces: [good(WHO_AM_I, "")], answers: 1 }), statuses: [400] },
  {
    name: "HEAD has no body",
    send: () => ({ pieces: [head("HEAD /health HTTP/1.1", "Host: x", "Connection: close")] }),
    statuses: [],
  },
];

for (const { name, send, statuses } of CASES) {
  test(`over a socket: ${name}`, async () => {
    const answers = await exchange(send());
    for (const answer of answers) check(answer);
    if (statuses.length > 0)
      assert.deepEqual(
        answers.map(({ status }) => status),
        statuses,
      );
    await stands();
  });
}

test("three hundred connections of noise, and memory stays", async (t) => {
  const seed = Number(process.env.COUNTERSIGN_TEST_SEED ?? Date.now() % 1_000_000_007);
  t.diagnostic(`seed ${seed}`);
  const by = chance(seed);
  const round = async (connections: number) => {
    for (let at = 0; at < connections; at++)
      for (const answer of await exchange(mutilated(good(), by))) check(answer);
  };
  await round(100);
  const settled = residentBytes();
  await round(LONG ? 20_000 : 200);
  const growth = residentBytes() - settled;
  assert.ok(growth < 64 * 1024 * 1024, `grew by ${growth} bytes`);
  await stands();
});

test("whoever leaves in the middle is forgotten", async () => {
  const leave = (bytes: number) =>
    new Promise<void>((resolve) => {
      const socket = connect(server.port, "127.0.0.1", () => {
        socket.write(good().slice(0, bytes), () => socket.destroy());
      });
      socket.once("close", () => resolve());
      socket.once("error", () => resolve());
    });
  for (let bytes = 1; bytes < 400; bytes += 8) await leave(bytes);
  await stands();
});

test("a head and a body that never end are cut off", {
  skip: LONG ? false : "20 seconds: in test:long",
}, async () => {
  const [slowHead, slowBody] = await Promise.all([
    exchange({ pieces: ["POST / HTTP/1.1\r\nHost: x\r\n"] }),
    exchange({ pieces: [good().slice(0, -5)] }),
  ]);
  assert.deepEqual(
    [slowHead, slowBody].map((answers) => answers.map(({ status }) => status)),
    [[408], [408]],
  );
  for (const answer of [...slowHead, ...slowBody]) check(answer);
});

async function stands(): Promise<void> {
  const [answer] = await exchange({ pieces: [good()], answers: 1 });
  assert.equal(answer?.status, 200, answer?.body ?? "no answer");
}

/** A good request with some of its bytes changed, taken out or doubled; our half is closed, so nothing waits for more. */
function mutilated(text: string, by: ReturnType<typeof chance>): Exchange {
  const bytes = [...Buffer.from(text)];
  for (let blows = 1 + by.integer(6); blows > 0; blows--) {
    const at = by.integer(bytes.length);
    const blow = by.integer(3);
    if (blow === 0) bytes[at] = by.integer(256);
    else if (blow === 1) bytes.splice(at, 1 + by.integer(5));
    else bytes.splice(at, 0, ...bytes.slice(at, at + by.integer(50)));
  }
  return { pieces: [Buffer.from(bytes)], halfClose: true };
}

function residentBytes(): number {
  const pages = Number(readFileSync(`/proc/${server.pid}/statm`, "utf8").split(" ")[1]);
  return pages * 4096;
}
