import { join } from "node:path";
import type { UserQuestion } from "#model/countersign/user-types.ts";
import { ListUserSummaries } from "#operations/countersign/ListUserSummaries.ts";
import { freshFolder } from "../test/support/server.ts";
import { openWorld } from "../test/support/world.ts";
import { fillUsers } from "./filled.ts";
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
  "several at once": { Search: "9", Mfa: "none", ConsoleAccess: false, KeyOlderThanDays: 90 },
};

const WARM_ROUNDS = 10;
const ROUNDS = 11;

/** ListUserSummaries on SQLite, decided and recorded, in this process: what the server does between request and answer. */
const usersPage = (users: number, bars: { readonly times: number; readonly seconds: number }): Bench => {
  const names = {
    first: `first page of ${text(users)} users, against ${text(FEW)}`,
    slowest: `slowest filter or order of ${text(users)} users`,
  };
  return {
    names: Object.values(names),
    async measure() {
      const few = await onUsers(FEW, (page) => page({}));
      const { first, all } = await onUsers(users, async (page) => ({
        first: await page({}),
        all: await eachQuestion(page),
      }));
      const [slowest] = all.toSorted((a, b) => b.ms - a.ms);
      if (slowest === undefined) throw new Error("no questions");
      const below = { must: "stay below" } as const;
      const against = `${first.toFixed(2)} ms against ${few.toFixed(2)}`;
      const seen = `${slowest.question}; half of them within ${median(all.map(({ ms }) => ms)).toFixed(0)} ms`;
      return [
        { ...below, name: names.first, figure: first / few, bar: bars.times, unit: "times", seen: against },
        { ...below, name: names.slowest, figure: slowest.ms / 1000, bar: bars.seconds, unit: "s", seen },
      ];
    },
  };
};

export const manyUsers = usersPage(100_000, { times: 1.5, seconds: 0.05 });
/** Filling takes half a minute. */
export const millionUsers = usersPage(1_000_000, { times: 2, seconds: 0.5 });

/** The median of a question's milliseconds. */
type Page = (question: UserQuestion) => Promise<number>;

async function onUsers<T>(users: number, work: (page: Page) => Promise<T>): Promise<T> {
  // the world's own worker does not keep a process alive
  const alive = setInterval(() => {}, 1000);
  try {
    const path = join(freshFolder("bench"), "countersign.db");
    await using world = await openWorld({ config: { kind: "sqlite", path } });
    const { accountId } = await world.account();
    fillUsers(path, accountId, users);
    return await work((question) => medianOf(() => world.operator(accountId, ListUserSummaries, question)));
  } finally {
    clearInterval(alive);
  }
}

/** Of the processor's time: SQLite works in this process, and whoever else uses the machine is not counted. */
async function medianOf(ask: () => Promise<{ readonly ok: boolean }>): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < WARM_ROUNDS + ROUNDS; round++) {
    const before = process.cpuUsage();
    const { ok } = await ask();
    const { user, system } = process.cpuUsage(before);
    rounds.push((user + system) / 1000);
    if (!ok) throw new Error("the question was refused");
  }
  return median(rounds.slice(WARM_ROUNDS));
}

async function eachQuestion(
  page: Page,
): Promise<readonly { readonly question: string; readonly ms: number }[]> {
  const all = [];
  for (const [question, asked] of Object.entries(QUESTIONS)) all.push({ question, ms: await page(asked) });
  return all;
}
