import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { CreateUserCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { lookUp } from "#base/table.ts";
import { operationsOf } from "#operations/operations.ts";
import { asUser, makePerson, openBrowser, openSignInWorld } from "../operations/signin-world.ts";
import type { TestAccount, World } from "../support/world.ts";
import { checkAnswer, checkXml } from "./answers.ts";
import { chance } from "./random.ts";
import { hostileRequest, hostileVisit, loadOperations } from "./requests.ts";

const REQUESTS = process.env.COUNTERSIGN_TEST_LONG === "1" ? 1_000_000 : 10_000;
/** The heap may grow by this much between the first fifth and the end: caches fill, nothing more. */
const GROWTH = 48 * 1024 * 1024;

test(`${REQUESTS} hostile requests, and the server stands`, async (t) => {
  const seed = Number(process.env.COUNTERSIGN_TEST_SEED ?? Date.now() % 1_000_000_007);
  t.diagnostic(`seed ${seed}: COUNTERSIGN_TEST_SEED=${seed} sends the same requests again`);
  await using world = await openSignInWorld();
  const account = await world.account();
  const { iam, sts } = world.clients(account.admin);
  for (const UserName of ["u1", "u2"]) await iam.send(new CreateUserCommand({ UserName }));
  const operations = await loadOperations();
  const tables = {
    iam: await operationsOf("iam"),
    sts: await operationsOf("sts"),
    countersign: await operationsOf("countersign"),
  };
  const served = operations.filter(({ service, name }) => lookUp(tables[service], name) !== undefined);
  // of an account of its own: the attackers of the first end all its sessions
  const cookie = await signedInCookie(world, await world.account());
  const prey = {
    keys: account.admin,
    account: account.accountId,
    operations,
    served,
    now: world.now,
    cookie,
  };
  const by = chance(seed);
  const statuses = new Map<number, number>();
  let settled = 0;
  for (let at = 0; at < REQUESTS; at++) {
    const visits = by.once(5);
    const request = visits ? hostileVisit(by, prey) : hostileRequest(by, prey);
    const answer = await (visits ? world.browse : world.send)(request).catch((error: unknown) =>
      assert.fail(told(at, request, error)),
    );
    try {
      checkAnswer(answer);
    } catch (error) {
      assert.fail(told(at, request, error));
    }
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    if (at === REQUESTS / 5) settled = heap();
    // as `app.ts` waits for a log that is behind: these requests come without a turn of the event loop between them
    if (at % 1000 === 999) await world.env.deps.recorder.flush();
  }
  const growth = heap() - settled;
  t.diagnostic(
    `answered: ${JSON.stringify(Object.fromEntries(statuses))}; the heap grew by ${growth >> 10} KiB`,
  );
  assert.ok(growth < GROWTH, `the heap grew by ${growth} bytes`);
  assert.ok((statuses.get(200) ?? 0) > REQUESTS / 40, "hardly anything got through: the attack is not deep");
  assert.equal((await sts.send(new GetCallerIdentityCommand({}))).Account, account.accountId);
});

async function signedInCookie(world: World, account: TestAccount): Promise<string> {
  await makePerson(world, account, "visitor");
  const browser = openBrowser(world);
  await browser.do("SubmitPassword", asUser(account.accountId, "visitor"));
  return `__Host-countersign-session=${browser.cookies.session}`;
}

test("the check of answers finds what is wrong", () => {
  const headers = {
    date: new Date(0).toUTCString(),
    "x-amzn-requestid": "00000000-0000-4000-8000-000000000000",
  };
  checkAnswer({ status: 200, headers, body: "" });
  assert.throws(() => checkAnswer({ status: 500, headers, body: "" }));
  assert.throws(() => checkAnswer({ status: 200, headers: { date: headers.date }, body: "" }));
  checkXml('<a xmlns="x"><b>&lt;</b><c/></a>');
  for (const wrong of ["<a>", "<a><b></a></b>", "<a>&</a>", "<a>\u0001</a>", "<a><</a>"]) {
    assert.throws(() => checkXml(wrong), wrong);
  }
});

function told(
  at: number,
  request: { rawHeaders: readonly string[]; target: string; body: Uint8Array },
  error: unknown,
) {
  const body = Buffer.from(request.body).toString("latin1").slice(0, 2000);
  return `request ${at}: ${request.target.slice(0, 2000)}\n${request.rawHeaders.join("|").slice(0, 2000)}\n${body}\n${error instanceof Error ? error.stack : error}`;
}

/** Bytes in use after a full collection. */
function heap(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  collect();
  return process.memoryUsage().heapUsed;
}
