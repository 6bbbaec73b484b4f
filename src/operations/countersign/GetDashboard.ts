import { DAY } from "#base/clock.ts";
import { accept } from "#base/outcome.ts";
import { userArn } from "#identity/arns.ts";
import type { CountersignOperations, Dashboard, DaySignIns } from "#model/countersign/types.ts";
import type { SignInDay } from "#ports/sign-in-days.ts";
import type { Reader } from "#ports/store.ts";
import type { Call } from "../call.ts";
import { mayAlso } from "../decide.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";
import { ownRecommendations, rootRecommendations, worstFirst } from "./recommendations.ts";

type Shape = CountersignOperations["GetDashboard"];

/**
 * What the caller can do for the account's safety, worst first. What concerns himself needs no permission; root's state and all
 * numbers are shown to who may read the account's summary, names to who may list users.
 */
export const GetDashboard: ReadOperation<Shape["input"], Shape["output"]> = {
  kind: "read",
  service: "countersign",
  name: "GetDashboard",
  action: "countersign:GetDashboard",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  async run(store, call) {
    const { accountId } = call.caller;
    const numbers = mayAlso(call, "iam:GetAccountSummary", "*");
    const names = mayAlso(call, "countersign:ListUserSummaries", userArn(accountId, "/", ""));
    const [own, ofRoot, counts, LackingMfa] = await Promise.all([
      ownRecommendations(store, call),
      numbers ? rootRecommendations(store, call) : [],
      numbers ? countsOf(store, call) : {},
      names ? lackingMfa(store, call) : undefined,
    ]);
    return accept({ Recommendations: worstFirst([...ofRoot, ...own]), ...counts, LackingMfa });
  },
};

async function countsOf(store: Reader, call: Call): Promise<Partial<Dashboard>> {
  const { accountId } = call.caller;
  const [account, withMfa, coverage, SignInsByDay] = await Promise.all([
    store.accounts.load(accountId),
    store.users.countWithMfa(accountId),
    store.users.mfaCoverage(accountId),
    signInsByDay(store, call),
  ]);
  return {
    Users: account?.userCount ?? 0,
    UsersWithMfa: withMfa,
    // every device is a virtual one
    Coverage: { PhishingResistant: 0, Other: coverage.withMfa, None: coverage.without },
    SignInsByDay,
  };
}

const DAYS = 14;

/** Today and the days before it, also those without a sign-in. */
async function signInsByDay(store: Reader, { caller, now }: Call): Promise<readonly DaySignIns[]> {
  const today = Math.floor(now / DAY);
  const first = today - DAYS + 1;
  const counted = Map.groupBy(await store.signInDays.since(caller.accountId, first), ({ day }) => day);
  return Array.from({ length: DAYS }, (_, at) => shapeOf(first + at, counted.get(first + at) ?? []));
}

const shapeOf = (day: number, counted: readonly SignInDay[]): DaySignIns => ({
  Day: new Date(day * DAY).toISOString().slice(0, 10),
  Factors: counted
    .filter(({ method }) => method !== "failed")
    .map(({ method, signIns }) => ({ Method: method, Count: signIns })),
  Failures: counted.find(({ method }) => method === "failed")?.signIns ?? 0,
});

const NAMED = 10;

async function lackingMfa(store: Reader, { caller }: Call): Promise<Dashboard["LackingMfa"]> {
  const users = await store.users.lackingMfa(caller.accountId, NAMED);
  return users.map(({ userName, passwordLastUsed }) => ({
    UserName: userName,
    PasswordLastUsed: passwordLastUsed,
  }));
}
