import type { Dashboard } from "../../src/model/countersign/types.ts";

const DAY = 86_400_000;
/** Of today and the days before it, the latest last. */
const WITH_APP = [3, 5, 8, 2, 1, 9, 11, 10, 12, 8, 3, 2, 14, 6];
const WITHOUT = [2, 2, 1, 0, 0, 3, 1, 1, 0, 1, 0, 0, 1, 1];
const FAILED = [0, 1, 0, 0, 0, 0, 5, 1, 0, 0, 0, 0, 2, 0];

/** What an administrator is shown. */
export const dashboardNumbers = (
  now: number,
): Pick<Dashboard, "Coverage" | "SignInsByDay" | "LackingMfa"> => ({
  Coverage: { PhishingResistant: 0, Other: 9, None: 2 },
  SignInsByDay: WITH_APP.map((count, at) => ({
    Day: dayOf(now - (WITH_APP.length - 1 - at) * DAY),
    Factors: [
      { Method: "none", Count: WITHOUT[at] ?? 0 },
      { Method: "virtual", Count: count },
    ].filter(({ Count }) => Count > 0),
    Failures: FAILED[at] ?? 0,
  })),
  LackingMfa: [{ UserName: "grace", PasswordLastUsed: now - 2 * DAY }, { UserName: "linus" }],
});

/** Of an account where nobody but root has signed in. */
export const noNumbers = (now: number): Pick<Dashboard, "Coverage" | "SignInsByDay" | "LackingMfa"> => ({
  Coverage: { PhishingResistant: 0, Other: 0, None: 0 },
  SignInsByDay: WITH_APP.map((_, at) => ({
    Day: dayOf(now - (WITH_APP.length - 1 - at) * DAY),
    Factors: [],
    Failures: 0,
  })),
  LackingMfa: [],
});

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
