import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { epochMs } from "#base/clock.ts";
import type { StoreConfig } from "#storage/open.ts";
import type { RawRequest, RawResponse } from "#wire/raw.ts";
import { type AppEnv, handle } from "../../src/server/app.ts";
import { openSite } from "../../src/server/site.ts";
import { advance, createDevice, enable, type Phone, STEP } from "../operations/mfa-world.ts";
import { makePerson, openSignInWorld, type SignInWorld } from "../operations/signin-world.ts";
import { openPage, type Page } from "../support/page.ts";
import { quickFolder } from "../support/quick-folder.ts";
import type { Keys, TestAccount } from "../support/world.ts";

export const ORIGIN = "http://localhost:8400";
export const FORM = "application/x-www-form-urlencoded";

export type CookieName = "session" | "signin" | "browser";
export const COOKIES: Readonly<Record<CookieName, string>> = {
  session: "__Host-countersign-session",
  signin: "__Host-countersign-signin",
  browser: "__Host-countersign-browser",
};

/** The whole application without a socket, and what its visitors see of it. */
export interface Stage extends AsyncDisposable {
  readonly world: SignInWorld;
  readonly app: AppEnv;
  /** A browser with no cookies. */
  visitor(from?: Visitor): Page;
  /** All rows of all tables, as text; nothing of the store is left out. */
  rows(): Promise<readonly string[]>;
}

export interface Visitor {
  readonly ip?: string;
  readonly userAgent?: string;
}

export async function openStage(config?: StoreConfig): Promise<Stage> {
  const folder = quickFolder("stage");
  const path = join(folder, "countersign.db");
  // a whole second: what is told in seconds is then exact
  const now = epochMs(Math.floor(Date.now() / 1000) * 1000);
  const world = await openSignInWorld({ config: config ?? { kind: "sqlite", path }, now });
  const app: AppEnv = {
    pipeline: world.env,
    metrics: undefined,
    pressure: () => undefined,
    trouble: () => undefined,
    site: openSite(folder, world.env.publicUrl()),
  };
  return {
    world,
    app,
    visitor: (from = {}) => openPage((raw) => handle(app, comingFrom(raw, from)), ORIGIN),
    async rows() {
      await world.env.deps.recorder.flush();
      return rowsIn(path);
    },
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function comingFrom(raw: RawRequest, { ip = raw.peer.address, userAgent }: Visitor): RawRequest {
  const rawHeaders = raw.rawHeaders.map((text, at) =>
    userAgent !== undefined && at % 2 === 1 && raw.rawHeaders[at - 1] === "user-agent" ? userAgent : text,
  );
  return { ...raw, rawHeaders, peer: { ...raw.peer, address: ip } };
}

/** `TABLE.COLUMN: value` of every value in a database file. */
export function rowsIn(path: string): readonly string[] {
  using database = new DatabaseSync(path, { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  return tables.flatMap(({ name }) =>
    database
      .prepare(`SELECT * FROM "${name}"`)
      .all()
      .flatMap((row) => Object.entries(row).map(([column, value]) => `${name}.${column}: ${textOf(value)}`)),
  );
}

const textOf = (value: unknown): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : String(value);

export interface Person {
  readonly name: string;
  readonly account: TestAccount;
  readonly keys: Keys;
  readonly phone: Phone;
}

/** A user with a password, access keys and a device whose codes are all to come. */
export async function makeGuarded(
  world: SignInWorld,
  account: TestAccount,
  name: string,
  mustChange = false,
): Promise<Person> {
  const keys = await makePerson(world, account, name, mustChange);
  const phone = await createDevice(world, account.admin, `${name}-phone`);
  await enable(world, account.admin, name, phone);
  advance(world, 2 * STEP);
  return { name, account, keys, phone };
}

export const codeOf = ({ phone }: Person, offset = 0) => ({
  DeviceId: phone.serial,
  Code: phone.code(offset),
});

const TARGETS = { signin: "CountersignSignin_20261101", countersign: "Countersign_20261101" } as const;

export type Headers = Readonly<Record<string, string | undefined>>;

/** Asks an operation of our own as a page does, but for what `headers` say otherwise. */
export const ask = (
  page: Page,
  operation: string,
  input: object | string = {},
  headers: Headers = {},
  service: keyof typeof TARGETS = "signin",
): Promise<RawResponse> =>
  page.post(typeof input === "string" ? input : JSON.stringify(input), {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `${TARGETS[service]}.${operation}`,
    ...headers,
  });

/** Asks IAM or STS with the page's cookies. */
export const query = (page: Page, action: string, headers: Headers = {}): Promise<RawResponse> => {
  const version = action === "GetCallerIdentity" ? "2011-06-15" : "2010-05-08";
  return page.post(`Action=${action}&Version=${version}`, headers);
};

/** The step that an answer leads to, the refusal's code, or `ok`. */
export function told({ status, body }: RawResponse): string {
  const text = String(body);
  if (text.startsWith("<")) return /<Code>(\w+)</.exec(text)?.[1] ?? "ok";
  if (!text.startsWith("{")) return `${status}`;
  const { Step, __type } = JSON.parse(text);
  return __type ?? Step ?? "ok";
}

/** As `ask`, and `told`. */
export const step = async (page: Page, operation: string, input: object = {}): Promise<string> =>
  told(await ask(page, operation, input));

/** A browser with these cookies and no others. */
export function holding(stage: Stage, cookies: Iterable<readonly [string, string]>, from?: Visitor): Page {
  const page = stage.visitor(from);
  for (const [name, value] of cookies) page.cookies.set(name, value);
  return page;
}
