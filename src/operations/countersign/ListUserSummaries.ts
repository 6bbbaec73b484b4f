import { DAY, epochMs } from "#base/clock.ts";
import { accept, refuse } from "#base/outcome.ts";
import { userArn } from "#identity/arns.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import type { UserQuestion, UserSort, UserSummary } from "#model/countersign/user-types.ts";
import type { GroupRow } from "#ports/groups.ts";
import type { Reader } from "#ports/store.ts";
import type { UserOrder, UserQuery, UserSummary as UserSummaryRow } from "#ports/user-summaries.ts";
import type { Call } from "../call.ts";
import { groupTarget, noSuchGroup } from "../groups.ts";
import { noTarget, type ReadOperation } from "../operation.ts";
import { type Filters, pageOf } from "../paging.ts";

type Shape = CountersignOperations["ListUserSummaries"];

const ON_A_PAGE = 50;
/** Up to so many are counted for the first page. */
const COUNTED = 1000;
const SHOWN_GROUPS = 10;

/** What the console's list of users shows, in one call: of IAM it would take several a user. */
export const ListUserSummaries: ReadOperation<Shape["input"], Shape["output"]> = {
  kind: "read",
  service: "countersign",
  name: "ListUserSummaries",
  action: "countersign:ListUserSummaries",
  readOnly: true,
  target: noTarget,
  // all users of the account, as in ListUsers
  resources: ({ caller }) => [userArn(caller.accountId, "/", "")],
  async run(store, call, input) {
    const group = input.GroupName === undefined ? undefined : await groupTarget(store, call, input);
    if (input.GroupName !== undefined && group === undefined) return refuse(noSuchGroup(input.GroupName));
    const query = queryOf(call, input, group);
    const page = await placesOf(store, call, input, query);
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    const users = rows.map(({ userId }) => userId);
    const onePage = input.Marker === undefined && !IsTruncated;
    const [summaries, Matches] = await Promise.all([
      store.userSummaries.load(call.caller.accountId, users),
      onePage ? rows.length : matchesOf(store, call, input, query),
    ]);
    return accept({ Users: summaries.map(shapeOf), Matches, IsTruncated, Marker });
  },
};

const placesOf = (store: Reader, call: Call, input: UserQuestion, query: UserQuery) =>
  pageOf(
    call,
    "ListUserSummaries",
    filtersOf(input, query),
    { Marker: input.Marker, MaxItems: input.MaxItems ?? ON_A_PAGE },
    async (page) => (isOfNobody(input) ? [] : store.userSummaries.find(call.caller.accountId, query, page)),
    ({ key }) => key,
  );

const ORDERS: Readonly<Record<UserSort, UserOrder>> = {
  UserName: "name",
  CreateDate: "created",
  PasswordLastUsed: "password-used",
  KeyAge: "key-age",
};

/** Every device here is a virtual one. */
const isOfNobody = ({ Mfa = "any" }: UserQuestion): boolean => !["none", "any", "virtual"].includes(Mfa);

function queryOf({ now }: Call, input: UserQuestion, group: GroupRow | undefined): UserQuery {
  const daysAgo = (days: number | undefined) => (days === undefined ? undefined : epochMs(now - days * DAY));
  return {
    search: input.Search,
    hasMfa: input.Mfa && input.Mfa !== "none",
    hasPassword: input.ConsoleAccess,
    group,
    signedInUntil: daysAgo(input.NotSignedInForDays),
    keyUntil: daysAgo(input.KeyOlderThanDays),
    order: ORDERS[input.Sort ?? "UserName"],
    descending: input.Descending ?? false,
  };
}

const choicesOf = (input: UserQuestion) => [
  input.Search,
  input.Mfa,
  input.ConsoleAccess,
  input.NotSignedInForDays,
  input.KeyOlderThanDays,
];

/** What a marker is bound to. */
const filtersOf = (input: UserQuestion, { group, order, descending }: UserQuery): Filters =>
  [...choicesOf(input), group?.groupId, order, descending].map((value) =>
    value === undefined ? undefined : String(value),
  );

/** How many there are on all pages: where a counter says so, or on the first page if they are few. */
async function matchesOf(
  store: Reader,
  { caller: { accountId } }: Call,
  input: UserQuestion,
  query: UserQuery,
): Promise<number | undefined> {
  if (choicesOf(input).every((choice) => choice === undefined))
    return query.group?.memberCount ?? (await store.accounts.load(accountId))?.userCount;
  if (input.Marker !== undefined) return undefined;
  const found = await store.userSummaries.count(accountId, query, COUNTED + 1);
  return found > COUNTED ? undefined : found;
}

const shapeOf = (user: UserSummaryRow): UserSummary => ({
  UserName: user.userName,
  UserId: user.userId,
  Arn: userArn(user.accountId, user.path, user.userName),
  Path: user.path,
  CreateDate: user.createdAt,
  MfaKinds: Array.from({ length: user.mfaCount }, () => "virtual"),
  ConsoleAccess: user.hasPassword,
  PasswordLastUsed: user.passwordLastUsed,
  ActiveKeys: user.activeKeys,
  OldestActiveKeyDate: user.oldestActiveKeyAt,
  Groups: user.groups.slice(0, SHOWN_GROUPS),
});
