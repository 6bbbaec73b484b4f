import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { Secret } from "otpauth";
import type { RawRequest, RawResponse } from "#wire/raw.ts";
import { type Authenticator, authenticator, wrongCode } from "../support/authenticator.ts";
import { openPage, type Page } from "../support/page.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { ask, query, rowsIn, step, told } from "./stage.ts";

/** Over the socket, as a browser does: `fetch` would not let a page's headers be set. */
const exchange =
  ({ port }: TestServer) =>
  ({ target, rawHeaders, body }: RawRequest): Promise<RawResponse> =>
    new Promise((resolve, reject) => {
      const options = { host: "127.0.0.1", port, method: "POST", path: target, headers: [...rawHeaders] };
      const asked = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const { "set-cookie": cookies, ...others } = response.headers;
          resolve({
            status: response.statusCode ?? 0,
            // no other header of ours comes more than once
            headers: others as Record<string, string>,
            body: Buffer.concat(chunks).toString(),
            ...(cookies === undefined ? {} : { cookies }),
          });
        });
      });
      asked.once("error", reject).end(body);
    });

/** What must be nowhere, by what it is. Codes are looked for apart: six digits stand everywhere. */
interface Secrets {
  readonly texts: Map<string, string>;
  readonly codes: Set<string>;
  /** Every answer but the one that shows a seed, once, to its owner. */
  readonly answers: RawResponse[];
}

const PASSWORDS = {
  root: "Rootly-horse-7-battery",
  "root's second": "Rootly-horse-8-battery",
  user: "Userly-horse-7-battery",
  "user's second": "Userly-horse-8-battery",
  guessed: "Guessed-horse-9-battery",
  common: "Password123!",
} as const;
const TYPED = "typed-Instead-of-a-name-9";

test("a life at the console leaves no password, code, seed, link or cookie in the database, the log or an answer", async (t) => {
  const server = await startServer({ settings: { COUNTERSIGN_LOG_LEVEL: "debug" } });
  t.after(() => server.kill());
  const secrets: Secrets = { texts: new Map(Object.entries(PASSWORDS)), codes: new Set(), answers: [] };
  secrets.texts.set("a name that nobody has", TYPED);
  await leadALife(server, secrets);
  await server.stop();

  const link = join(server.folder, "set-up-link");
  const files = readdirSync(server.folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(server.folder, name))
    .filter((path) => path !== link && !path.endsWith(".key"));
  assert.ok(files.some((path) => path.endsWith(".db")));
  for (const path of files)
    assert.deepEqual(textsIn(readFileSync(path).toString("latin1"), secrets), [], path);
  assert.deepEqual(textsIn(server.stderr(), secrets), [], "the log");
  assert.deepEqual(codesIn(server.stderr(), secrets), [], "the log");
  for (const row of rowsIn(files.find((path) => path.endsWith(".db")) ?? "")) {
    assert.deepEqual([...textsIn(row, secrets), ...codesIn(row, secrets)], [], row.slice(0, 200));
  }
  assert.ok(secrets.answers.length > 20 && secrets.codes.size > 5 && secrets.texts.size > 15);
  for (const { status, headers, body } of secrets.answers) {
    const answer = `${status} ${JSON.stringify(headers)} ${body}`;
    assert.deepEqual([...textsIn(answer, secrets), ...codesIn(answer, secrets)], [], answer.slice(0, 500));
  }
});

const textsIn = (text: string, { texts }: Secrets): readonly string[] =>
  [...texts].filter(([, secret]) => text.toLowerCase().includes(secret.toLowerCase())).map(([what]) => what);

const codesIn = (text: string, { codes }: Secrets): readonly string[] =>
  [...codes].filter((code) => new RegExp(`(?<![0-9A-Za-z])${code}(?![0-9A-Za-z])`).test(text));

async function leadALife(server: TestServer, secrets: Secrets): Promise<void> {
  const Token =
    readFileSync(join(server.folder, "set-up-link"), "utf8").trim().split("#")[1] ?? assert.fail();
  secrets.texts.set("the set-up link", Token);
  const root = await openVisitor(server, secrets);
  const setUp = { Token, Email: "ada@example.com", Password: PASSWORDS.root };
  await is(root, "SetUp", { ...setUp, Token: `${Token.slice(1)}A` }, "SetUpLinkInvalid");
  await is(root, "SetUp", { ...setUp, Password: PASSWORDS.common }, "PasswordRefused");
  await is(root, "SetUp", setUp, "enrol");
  await is(root, "SetUp", setUp, "SetUpLinkInvalid");
  const { Account } = await root.client.signin.GetSignIn({});
  const named = { Account: Account?.AccountId ?? "", UserName: "vera" };

  const device = await enrol(root, secrets, undefined);
  await is(root, "Continue", {}, "factor");
  await is(root, "SubmitCode", codeOf(device, secrets, wrongCode(device.app)), "InvalidCode");
  const right = codeOf(device, secrets, device.app.code(1));
  await is(root, "SubmitCode", right, "session");
  await is(root, "ProveFactor", right, "InvalidCode");
  const change = { OldPassword: PASSWORDS.root, NewPassword: PASSWORDS["root's second"] };
  await is(root, "ChangePassword", { ...change, OldPassword: PASSWORDS.guessed }, "SignInFailed");
  await is(root, "ChangePassword", change, "session");

  await root.iam.createUser({ UserName: "vera" });
  await root.iam.attachUserPolicy({
    UserName: "vera",
    PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  });
  await root.iam.createLoginProfile({
    UserName: "vera",
    Password: PASSWORDS.user,
    PasswordResetRequired: true,
  });

  const vera = await openVisitor(server, secrets);
  const enter = (Password: string, more = {}) => ({ Type: "user", ...named, Password, ...more });
  await is(vera, "SubmitPassword", enter(PASSWORDS.guessed), "SignInFailed");
  await is(vera, "SubmitPassword", enter(PASSWORDS.user, { UserName: TYPED }), "SignInFailed");
  await is(vera, "SubmitPassword", enter(PASSWORDS.user, { Account: TYPED }), "SignInFailed");
  await is(vera, "SubmitPassword", { Type: "root", Email: TYPED, Password: PASSWORDS.root }, "SignInFailed");
  await is(vera, "SubmitPassword", enter(PASSWORDS.user), "change-password");
  const forced = { OldPassword: PASSWORDS.user, NewPassword: PASSWORDS["user's second"] };
  await is(vera, "ChangePassword", { ...forced, NewPassword: PASSWORDS.common }, "PasswordRefused");
  await is(vera, "ChangePassword", forced, "session");
  const own = await enrol(vera, secrets, "vera");
  await is(vera, "ProveFactor", codeOf(own, secrets, own.app.code(1)), "ok");
  await is(vera, "SubmitPassword", enter(PASSWORDS["user's second"]), "factor");
  const [Code1, Code2] = [wrongCode(own.app), own.app.code(500)];
  for (const code of [Code1, Code2]) secrets.codes.add(code);
  await is(vera, "ResyncDevice", { DeviceId: own.serial, Code1, Code2 }, "InvalidCode");
  await is(vera, "SubmitCode", codeOf(own, secrets, own.app.code(2)), "session");
  for (const operation of ["ListSessions", "ListSignIns", "GetConsoleContext", "GetDashboard"]) {
    assert.equal(told(await ask(vera, operation, {}, {}, "countersign")), "ok", operation);
  }
  for (const action of ["GetCallerIdentity", "ListUsers", "ListVirtualMFADevices"])
    assert.equal(told(await query(vera, action)), "ok", action);
  await is(vera, "SignOut", {}, "ok");
  await is(root, "SignOut", {}, "ok");
}

async function is(page: Page, operation: string, input: object, expected: string): Promise<void> {
  assert.equal(await step(page, operation, input), expected, operation);
}

/** A browser whose every cookie is a secret, and whose every answer is kept. */
async function openVisitor(server: TestServer, { texts, answers }: Secrets): Promise<Page> {
  const send = exchange(server);
  return openPage(async (raw) => {
    const answer = await send(raw);
    if (!String(answer.body).includes("<Base32StringSeed>")) answers.push(answer);
    for (const line of answer.cookies ?? []) {
      const value = /=([^;]+)/.exec(line)?.[1]?.replace(/^\d{12}\./, "") ?? "";
      if (!line.includes("Max-Age=0")) texts.set(`cookie ${texts.size}: ${line.slice(0, 26)}`, value);
    }
    return answer;
  }, `http://localhost:${server.port}`);
}

interface Device {
  readonly serial: string;
  readonly app: Authenticator;
}

async function enrol(page: Page, { texts, codes }: Secrets, UserName: string | undefined): Promise<Device> {
  const VirtualMFADeviceName = UserName ?? "root";
  const { VirtualMFADevice } = await page.iam.createVirtualMFADevice({ VirtualMFADeviceName });
  assert.ok(VirtualMFADevice?.Base32StringSeed && VirtualMFADevice.SerialNumber);
  const seed = Buffer.from(VirtualMFADevice.Base32StringSeed).toString();
  const bytes = Buffer.from(Secret.fromBase32(seed).bytes);
  texts.set(`the seed of ${VirtualMFADeviceName}`, seed);
  for (const form of ["latin1", "hex", "base64"] as const)
    texts.set(`${seed.slice(0, 4)} in ${form}`, bytes.toString(form));
  const device = { serial: VirtualMFADevice.SerialNumber, app: authenticator(seed) };
  const [first, second] = [device.app.code(-1), device.app.code(0)];
  codes.add(first).add(second);
  const input = { SerialNumber: device.serial, AuthenticationCode1: first, AuthenticationCode2: second };
  // root has no user name, which the client's type does not know
  await page.iam.enableMFADevice({ ...(UserName === undefined ? {} : { UserName }), ...input } as never);
  return device;
}

function codeOf({ serial }: Device, { codes }: Secrets, code: string) {
  codes.add(code);
  return { DeviceId: serial, Code: code };
}
