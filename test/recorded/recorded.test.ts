import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as IAM from "@aws-sdk/client-iam";
import * as STS from "@aws-sdk/client-sts";
import { type Clients, clients } from "../support/sdk.ts";
import { createAccount, startServer, type TestAccount, type TestServer } from "../support/server.ts";
import { type Bindings, fill, matchAnswer } from "./placeholders.ts";
import { readRecording, type Step } from "./scenario.ts";

const RECORDINGS = ["users", "groups", "roles", "mfa", "account"];
/** The account of the recordings. */
const accountId = "111111111111";

interface Place {
  readonly server: TestServer;
  readonly account: TestAccount;
  /** By access key: a client is dear to make, and may be kept. */
  readonly callers: Map<string, Clients>;
}

for (const name of RECORDINGS) {
  // each recording has a server of its own: its lists show what it made and nothing else
  describe(name, () => {
    let place: Place | undefined;
    before(async () => {
      const server = await startServer();
      place = { server, account: await createAccount(server, { accountId }), callers: new Map() };
    });
    after(async () => {
      for (const caller of place?.callers.values() ?? []) caller[Symbol.dispose]();
      await place?.server.stop();
    });
    const { leftOut, scenarios } = readRecording(name);
    for (const { test: title, steps } of scenarios) {
      test(title, async () => {
        assert.ok(place);
        const bindings: Bindings = new Map([["caller", `arn:aws:iam::${accountId}:user/admin`]]);
        for (const [at, step] of steps.entries()) {
          await replay(place, step, bindings, `step ${at} ${step.call}`);
        }
      });
    }
    test("what is left out has its reason", (t) => {
      for (const row of leftOut) {
        assert.ok(row.why.length > 0);
        t.diagnostic(`left out: ${row.test}: ${row.why}`);
      }
    });
  });
}

async function replay(place: Place, step: Step, bindings: Bindings, told: string): Promise<void> {
  const deadline = Date.now() + 5000;
  for (;;) {
    try {
      return await replayOnce(place, step, bindings, told);
    } catch (error) {
      if (step.soon !== true || Date.now() > deadline) throw error;
    }
  }
}

function callerOf({ server, account, callers }: Place, step: Step, bindings: Bindings): Clients {
  const keys = step.by === undefined ? account.admin : boundKey(step.by, bindings);
  const caller = callers.get(keys.accessKeyId) ?? clients(server, keys);
  callers.set(keys.accessKeyId, caller);
  return caller;
}

async function replayOnce(place: Place, step: Step, bindings: Bindings, told: string): Promise<void> {
  const caller = callerOf(place, step, bindings);
  const call = send(caller, step.call, fill(step.input, bindings) as object); // an object in, an object out
  if (step.refusal === undefined) {
    const answer = keepOnly(
      await call.catch((error: Error) => assert.fail(`${told}: ${error.message}`)),
      step,
      bindings,
    );
    if (step.answer !== undefined) matchAnswer(answer, step.answer, bindings, told);
    return;
  }
  const { status, code, message } = await call.then(
    () => assert.fail(`${told}: was not refused`),
    (error: { $metadata?: { httpStatusCode?: number }; Code?: string; name: string; message: string }) => ({
      status: error.$metadata?.httpStatusCode,
      code: error.Code ?? error.name,
      message: error.message,
    }),
  );
  const seen = { status, code, message };
  assert.deepEqual(seen, fill(step.refusal, bindings), told);
}

function boundKey(key: number, bindings: Bindings) {
  return {
    accessKeyId: String(bindings.get(`access-key-id:${key}`)),
    secretAccessKey: String(bindings.get(`secret-access-key:${key}`)),
  };
}

/** Sends `iam:CreateUser` as the client's `CreateUserCommand`; resolves to the answer without the client's own notes. */
async function send(caller: Clients, call: string, input: object): Promise<Record<string, unknown>> {
  const [service = "", operation = ""] = call.split(":");
  const commands: Readonly<Record<string, unknown>> = { ...(service === "iam" ? IAM : STS) };
  // the packages name each operation's class so; each takes its input and fits its client
  const Command = commands[`${operation}Command`] as new (input: object) => IAM.GetUserCommand;
  const client: IAM.IAMClient | STS.STSClient = service === "iam" ? caller.iam : caller.sts;
  // an IAM client and an STS client send the commands of their own package alike
  const { $metadata, ...answer } = await (client as IAM.IAMClient).send(new Command(input));
  assert.equal($metadata.httpStatusCode, 200);
  return answer;
}

function keepOnly(
  answer: Record<string, unknown>,
  { only }: Step,
  bindings: Bindings,
): Record<string, unknown> {
  if (only === undefined) return answer;
  const rows = answer[only.in];
  assert.ok(Array.isArray(rows));
  const wanted = fill(only.is, bindings);
  return { ...answer, [only.in]: rows.filter((row: Record<string, unknown>) => row[only.where] === wanted) };
}
