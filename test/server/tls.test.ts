import assert from "node:assert/strict";
import {
  copyFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { test } from "node:test";
import { connect } from "node:tls";
import { DAY, type EpochMs, epochMs, systemClock } from "#base/clock.ts";
import { openCertificate, type TlsPair } from "../../src/server/tls.ts";
import { becomes } from "../support/becomes.ts";
import { type CertificateFiles, makeCertificate } from "../support/certificate.ts";
import { COUNTERSIGN, freshFolder, run, startServer } from "../support/server.ts";
import { missing } from "../support/tools.ts";

const skip = missing("openssl");
const folder = freshFolder("tls");
const made = (name: string, kind?: "rsa"): CertificateFiles =>
  skip === false ? makeCertificate(folder, name, kind) : { cert: "", key: "" };
const [one, two, three, rsa] = [made("one"), made("two"), made("three"), made("rsa", "rsa")];

/** Puts other files in the place of these in one step each, as renewing programs do. */
function replace(live: CertificateFiles, by: Partial<CertificateFiles>): void {
  for (const part of ["cert", "key"] as const) {
    const from = by[part];
    if (from === undefined) continue;
    copyFileSync(from, `${live[part]}.new`);
    renameSync(`${live[part]}.new`, live[part]);
  }
}

/** Files that are links to where another link leads, which changes in one step, as Kubernetes mounts them. */
function linked(): { live: CertificateFiles; lead: (version: string, to: CertificateFiles) => void } {
  const at = freshFolder("linked");
  const live = { cert: join(at, "tls.crt"), key: join(at, "tls.key") };
  symlinkSync("..data/tls.crt", live.cert);
  symlinkSync("..data/tls.key", live.key);
  return {
    live,
    lead(version, to) {
      mkdirSync(join(at, version));
      copyFileSync(to.cert, join(at, version, "tls.crt"));
      copyFileSync(to.key, join(at, version, "tls.key"));
      symlinkSync(version, join(at, "..new"));
      renameSync(join(at, "..new"), join(at, "..data"));
    },
  };
}

/** Whose certificate a new connection is shown. */
function shownAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false });
    socket.once("error", reject);
    socket.once("secureConnect", () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
  });
}

/** One request over the connection that the agent keeps: its status, and the port that the connection comes from. */
function health(
  port: number,
  agent: Agent,
): Promise<{ status: number | undefined; from: number | undefined }> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: "127.0.0.1", path: "/health", agent }, (response) => {
      const from = response.socket.localPort;
      response.resume().once("end", () => resolve({ status: response.statusCode, from }));
    });
    asked.once("error", reject).end();
  });
}

test("new connections get what the files hold, open ones stay; a pair that does not fit waits for its other half", {
  skip,
}, async () => {
  const { live, lead } = linked();
  lead("v1", one);
  const server = await startServer({ flags: ["--tls-cert", live.cert, "--tls-key", live.key] });
  const shown = () => shownAt(server.port);
  const said = (text: string) => server.stderr().split(text).length - 1;
  const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
  assert.equal(await shown(), "one");
  const before = await health(server.port, agent);
  assert.equal(before.status, 200);

  lead("v2", two);
  await becomes("two", shown);
  // what it says comes through a pipe, after what it does
  await becomes(1, () => said("new connections get the renewed certificate"));
  assert.match(server.stderr(), /"level":30.*"validTo":"20.*new connections get the renewed certificate/);

  replace(live, { cert: three.cert });
  await becomes(1, () => said("the changed certificate does not serve"));
  assert.equal(await shown(), "two");
  replace(live, { key: three.key });
  await becomes("three", shown);
  assert.equal(said("does not serve"), 1);
  assert.doesNotMatch(server.stderr(), /PRIVATE|has expired|not valid yet/);

  assert.deepEqual(await health(server.port, agent), before);
  agent.destroy();
  await server.stop();
});

/** What the files hold is followed without a server; every round is a call. */
async function followed(clock: () => EpochMs = systemClock) {
  const at = freshFolder("pair");
  const live = { cert: join(at, "tls.crt"), key: join(at, "tls.key") };
  replace(live, one);
  const lines: string[] = [];
  const note = (_: object, line: string) => void lines.push(line);
  const certificate = await openCertificate(live, { info: note, warn: note, error: note }, clock);
  let taken: TlsPair[] = [];
  const round = async (renew = (pair: TlsPair) => void taken.push(pair)) => {
    [taken, lines.length] = [[], 0];
    await certificate.follow(renew);
    return [taken.length, ...lines];
  };
  return { live, lines, round };
}

const KEPT = "the changed certificate does not serve: the old one does";
const TAKEN = "new connections get the renewed certificate";

const BROKEN: Readonly<Record<string, (live: CertificateFiles) => void>> = {
  "another's key": (live) => replace(live, { key: two.key }),
  // OpenSSL finds nothing wrong with it
  "a key of another kind": (live) => replace(live, { cert: rsa.cert }),
  "half of a certificate": (live) => truncateSync(live.cert, 300),
  "an empty key": (live) => writeFileSync(live.key, ""),
  "no certificate": (live) => rmSync(live.cert),
  "a folder for a key": (live) => {
    rmSync(live.key);
    mkdirSync(live.key);
  },
};

for (const [what, damage] of Object.entries(BROKEN)) {
  test(`${what} is told once and changes nothing, until a pair is there`, { skip }, async () => {
    const { live, round } = await followed();
    assert.deepEqual(await round(), [0]);
    damage(live);
    assert.deepEqual(await round(), [0, KEPT]);
    assert.deepEqual(await round(), [0]);
    rmSync(live.key, { recursive: true, force: true });
    replace(live, two);
    assert.deepEqual(await round(), [1, TAKEN]);
    assert.deepEqual(await round(), [0]);
  });
}

test("a pair that the socket does not take is tried again", { skip }, async () => {
  const { live, round } = await followed();
  replace(live, two);
  const fail = () => {
    throw new Error("ee key too small");
  };
  assert.deepEqual(await round(fail), [0, KEPT]);
  assert.deepEqual(await round(fail), [0]);
  assert.deepEqual(await round(), [1, TAKEN]);
});

for (const [days, said] of [
  [-1, "the certificate is not valid yet"],
  [3, "the certificate has expired"],
] as const) {
  test(`at the start and when it changes: ${said}`, { skip }, async () => {
    const { live, lines, round } = await followed(() => epochMs(Date.now() + days * DAY));
    assert.deepEqual(lines, [said]);
    replace(live, two);
    assert.deepEqual(await round(), [1, TAKEN, said]);
  });
}

test("a certificate and a key that do not belong together are refused at the start", { skip }, async () => {
  const start = ({ cert }: CertificateFiles, { key }: CertificateFiles) =>
    run(COUNTERSIGN, ["serve", "--data", freshFolder("data"), "--tls-cert", cert, "--tls-key", key]);
  for (const { code, stderr } of await Promise.all([start(one, two), start(rsa, one)])) {
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^countersign: `tls-cert` and `tls-key` are no certificate and its key\nhint: .*the key is the certificate's own/m,
    );
  }
});
