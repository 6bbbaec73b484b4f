import type { UserQuestion } from "../../api/user-list.ts";

/** What the list is narrowed down by: each is a parameter of the address, so that a link or a reload brings it back. */
export const FILTERS = ["mfa", "console", "group", "idle", "keys"] as const;
export type FilterName = (typeof FILTERS)[number];

export const MFA_CHOICES = [
  "none",
  "any",
  "virtual",
  "hardware",
  "security-key",
  "passkey",
] as const satisfies readonly NonNullable<UserQuestion["Mfa"]>[];
export const YES_NO = ["yes", "no"] as const;

/** The columns that the list can be sorted by. */
export const SORTS = [
  "UserName",
  "CreateDate",
  "PasswordLastUsed",
  "KeyAge",
] as const satisfies readonly NonNullable<UserQuestion["Sort"]>[];

const MOST_DAYS = 3650;

const isOneOf = <T extends string>(choices: readonly T[], text: string | null): text is T =>
  choices.some((choice) => choice === text);

function days(text: string): number | undefined {
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return count >= 1 && count <= MOST_DAYS ? count : undefined;
}

/** What each asks of the server; undefined where it means nothing. */
const READ: Readonly<Record<FilterName, (text: string) => UserQuestion | undefined>> = {
  mfa: (text) => (isOneOf(MFA_CHOICES, text) ? { Mfa: text } : undefined),
  console: (text) => (isOneOf(YES_NO, text) ? { ConsoleAccess: text === "yes" } : undefined),
  group: (text) => (text === "" ? undefined : { GroupName: text }),
  idle: (text) => given("NotSignedInForDays", days(text)),
  keys: (text) => given("KeyOlderThanDays", days(text)),
};

const given = (name: keyof UserQuestion, value: number | undefined): UserQuestion | undefined =>
  value === undefined ? undefined : { [name]: value };

export const isMeant = (filter: FilterName, text: string): boolean => READ[filter](text) !== undefined;

/** What the address asks for. What it does not understand it passes over. */
export function questionOf(params: URLSearchParams): UserQuestion {
  const search = params.get("q")?.trim() ?? "";
  const sort = params.get("sort");
  return {
    ...(search === "" ? {} : { Search: search }),
    ...Object.assign({}, ...FILTERS.map((filter) => READ[filter](params.get(filter) ?? ""))),
    ...(isOneOf(SORTS, sort) ? { Sort: sort } : {}),
    ...(params.has("desc") ? { Descending: true } : {}),
  };
}

export const isFiltered = (params: URLSearchParams): boolean =>
  ["q", ...FILTERS].some((name) => params.has(name));
