import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import type { UserQuestion } from "#model/countersign/user-types.ts";
import { ListUserSummaries } from "#operations/countersign/ListUserSummaries.ts";
import type { StoreConfig } from "#storage/open.ts";
import { fillUsers } from "../test/support/filled.ts";
import { startPostgres } from "../test/support/postgres.ts";
import { freshFolder } from "../test/support/server.ts";
import { openWorld } from "../test/support/world.ts";
import { type Bench, median } from "./row.ts";

const FEW = 1000;

const text = (users: number): string => users.toLocaleString("en");

/** What a person would click, and what he would type. */
const QUESTIONS: Readonly<Record<string, UserQuestion>> = {
  "a part that many have": { Search: "99" },
  "a part that one has": { Search: "USER-77@" },
  "a part that none has": { Search: "nobody" },
  "no MFA": { Mfa: "none" },
  "any MFA": { Mfa: "any" },
  "console access": { ConsoleAccess: true },
  "a large group": { GroupName: "half" },
  "a small group": { GroupName: "few" },
  "not signed in for 90 days": { NotSignedInForDays: 90 },
  "nobody for ten years": { NotSignedInForDays: 3650 },
  "a key older than 90 days": { KeyOlderThanDays: 90 },
  "the newest": { Sort: "CreateDate", Descending: true },
  "signed in last": { Sort: "PasswordLastUsed", Descending: true },
  "the oldest key": { Sort: "KeyAge", Descending: true },
  "no MFA, signed in last": { Mfa: "none", Sort: "PasswordLastUsed", Descending: true },
  "any MFA, the newest": { Mfa: "any", Sort: "CreateDate", Descending: true },
  "long gone, signed in last": { NotSignedInForDays: 90, Sort: "PasswordLastUsed", Descending: true },
  "a part that none has, the oldest key": { Search: "nobody", Sort: "KeyAge", Descending: true },
  "a part that none has, no MFA, signed in last": {
    Search: "nobody",
    Mfa: "none",
    Sort: "PasswordLastUsed",
    Descending: true,
  },
  "several at once": { Search: "9", Mfa: "none", ConsoleAccess: false, KeyOlderThanDays: 90 },
};

const WARM_ROUNDS = 10;
const ROUNDS = 11;

interface Bars {
  readonly times: number;
  readonly seconds: number;
  readonly heldUp: number;
}

/** ListUserSummaries, decided and recorded, in this process: what the server does between request and answer. */
const onSqlite = (users: number, bars: Bars): Bench => {
  const names = {
    first: `first page of ${text(users)} users, against ${text(FEW)}`,
    slowest: `slowest filter or order of ${text(users)} users`,
    heldUp: `longest hold-up of others by ${text(users)} users`,
  };
  return {
    names: Object.values(names),
    async measure() {
      const few = await onUsers(fileOf(), FEW, async (page) => {
        // as warm as the others will be
        await eachQuestion(ofProcessor, page);
        return medianOf(ofProcessor, page({}));
      });
      const { first, all, heldUp } = await onUsers(fileOf(), users, async (page) => ({
        all: await eachQuestion(ofProcessor, page),
        first: await medianOf(ofProcessor, page({})),
        heldUp: await longestHoldUp(page),
      }));
      const { slowest, seen } = slowestOf(all);
      const below = { must: "stay below" } as const;
      const against = `${first.toFixed(2)} ms against ${few.toFixed(2)}`;
      return [
        { ...below, name: names.first, figure: first / few, bar: bars.times, unit: "times", seen: against },
        { ...below, name: names.slowest, figure: slowest / 1000, bar: bars.seconds, unit: "s", seen },
        {
          ...below,
          name: names.heldUp,
          figure: heldUp.ms,
          bar: bars.heldUp,
          unit: "ms",
          seen: heldUp.question,
        },
      ];
    },
  };
};

/** As a person waits for it: PostgreSQL works in processes of its own. */
const onPostgres = (users: number, bar: number): Bench => {
  const name = `slowest filter or order of ${text(users)} users, PostgreSQL`;
  return {
    names: [name],
    async measure() {
      const server = await startPostgres();
      try {
        const config = { kind: "postgres", url: await server.url("bench") } as const;
        const { slowest, seen } = slowestOf(
          await onUsers(config, users, (page) => eachQuestion(ofClock, page)),
        );
        return [{ must: "stay below", name, figure: slowest / 1000, bar, unit: "s", seen }];
      } finally {
        await server.stop();
      }
    },
  };
};

export const manyUsers = onSqlite(100_000, { times: 1.5, seconds: 0.05, heldUp: 50 });
export const manyUsersOnPostgres = onPostgres(100_000, 0.05);
/** Filling takes half a minute. */
export const millionUsers = onSqlite(1_000_000, { times: 2, seconds: 0.5, heldUp: 100 });

const fileOf = (): StoreConfig => ({ kind: "sqlite", path: join(freshFolder("bench"), "countersign.db") });

type Page = (question: UserQuestion) => () => Promise<{ readonly ok: boolean }>;

async function onUsers<T>(config: StoreConfig, users: number, work: (page: Page) => Promise<T>): Promise<T> {
  // the world's own worker does not keep a process alive
  const alive = setInterval(() => {}, 1000);
  try {
    await using world = await openWorld({ config });
    const { accountId } = await world.account();
    await fillUsers(config, accountId, users);
    return await work((question) => () => world.operator(accountId, ListUserSummaries, question));
  } finally {
    clearInterval(alive);
  }
}

/** Milliseconds by now; of two such the difference counts. */
type Watch = () => number;

const ofClock: Watch = () => performance.now();
/** SQLite works in this process, and whoever else uses the machine is not counted. */
const ofProcessor: Watch = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

async function medianOf(watch: Watch, ask: ReturnType<Page>): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < WARM_ROUNDS + ROUNDS; round++) {
    const before = watch();
    const { ok } = await ask();
    rounds.push(watch() - before);
    if (!ok) throw new Error("the question was refused");
  }
  return median(rounds.slice(WARM_ROUNDS));
}

interface Asked {
  readonly question: string;
  readonly ms: number;
}

async function eachQuestion(watch: Watch, page: Page): Promise<readonly Asked[]> {
  const all = [];
  for (const [question, asked] of Object.entries(QUESTIONS))
    all.push({ question, ms: await medianOf(watch, page(asked)) });
  return all;
}

function slowestOf(all: readonly Asked[]): { readonly slowest: number; readonly seen: string } {
  const [slowest] = all.toSorted((a, b) => b.ms - a.ms);
  if (slowest === undefined) throw new Error("no questions");
  const half = median(all.map(({ ms }) => ms)).toFixed(0);
  return { slowest: slowest.ms, seen: `${slowest.question}; half of them within ${half} ms` };
}

/** How long a question keeps this thread from anything else, at its longest; of several rounds the median. */
async function longestHoldUp(page: Page): Promise<Asked> {
  const all: Asked[] = [];
  for (const [question, asked] of Object.entries(QUESTIONS)) {
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await holdUpOf(page(asked)));
    all.push({ question, ms: median(rounds) });
  }
  const [longest] = all.toSorted((a, b) => b.ms - a.ms);
  if (longest === undefined) throw new Error("no questions");
  return longest;
}

async function holdUpOf(ask: ReturnType<Page>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await ask();
  await delay(2);
  delays.disable();
  return delays.max / 1e6;
}
