import { DAY, epochMs } from "#base/clock.ts";
import { accept, refuse } from "#base/outcome.ts";
import { userArn } from "#identity/arns.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import type { MfaFilter, UserQuestion, UserSort, UserSummary } from "#model/countersign/user-types.ts";
import type { GroupRow } from "#ports/groups.ts";
import type { Page, Reader } from "#ports/store.ts";
import type { UserOrder, UserQuery, UserSummary as UserSummaryRow } from "#ports/user-summaries.ts";
import type { Call } from "../call.ts";
import { groupTarget, noSuchGroup } from "../groups.ts";
import { noTarget, type ReadOperation } from "../operation.ts";
import { type Filters, pageOf } from "../paging.ts";

type Shape = CountersignOperations["ListUserSummaries"];

const ON_A_PAGE = 50;
/** Up to so many matches are told on the first page: so many places more are found at once. */
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
    const { accountId } = call.caller;
    const query = queryOf(call, input, group);
    let matches: number | undefined;
    const found = async ({ after, limit }: Page) => {
      const first = after === undefined;
      const wanted = first ? Math.max(limit, COUNTED + 1) : limit;
      const page = { after, limit: wanted };
      const places = query === "nobody" ? [] : await store.userSummaries.find(accountId, query, page);
      if (first && places.length < wanted) matches = places.length;
      return places;
    };
    const wanted = { Marker: input.Marker, MaxItems: input.MaxItems ?? ON_A_PAGE };
    const page = await pageOf(
      call,
      "ListUserSummaries",
      filtersOf(input, group),
      wanted,
      found,
      (place) => place.key,
    );
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    const users = rows.map(({ userId }) => userId);
    const summaries = await store.userSummaries.load(accountId, users);
    return accept({
      Users: summaries.map(shapeOf),
      Matches: matches ?? (await knownMatches(store, call, input, group)),
      IsTruncated,
      Marker,
    });
  },
};

const ORDERS: Readonly<Record<UserSort, UserOrder>> = {
  UserName: "name",
  CreateDate: "created",
  PasswordLastUsed: "password-used",
  KeyAge: "key-age",
};

/** Every device here is a virtual one: nobody has one of another kind. */
const MFA: Readonly<Record<MfaFilter, boolean | "nobody">> = {
  none: false,
  any: true,
  virtual: true,
  hardware: "nobody",
  "security-key": "nobody",
  passkey: "nobody",
};

function queryOf({ now }: Call, input: UserQuestion, group: GroupRow | undefined): UserQuery | "nobody" {
  const hasMfa = input.Mfa && MFA[input.Mfa];
  if (hasMfa === "nobody") return "nobody";
  const daysAgo = (days: number | undefined) => (days === undefined ? undefined : epochMs(now - days * DAY));
  return {
    search: input.Search,
    hasMfa,
    hasPassword: input.ConsoleAccess,
    group,
    signedInUntil: daysAgo(input.NotSignedInForDays),
    keyUntil: daysAgo(input.KeyOlderThanDays),
    order: ORDERS[input.Sort ?? "UserName"],
    descending: input.Descending ?? false,
  };
}

/** Of the input what a marker is bound to. */
const filtersOf = (input: UserQuestion, group: GroupRow | undefined): Filters =>
  [...choicesOf(input), group?.groupId, input.Sort ?? "UserName", input.Descending ?? false].map((value) =>
    value === undefined ? undefined : String(value),
  );

const choicesOf = (input: UserQuestion) => [
  input.Search,
  input.Mfa,
  input.ConsoleAccess,
  input.NotSignedInForDays,
  input.KeyOlderThanDays,
];

/** How many there are, where a counter says so. */
async function knownMatches(
  store: Reader,
  { caller: { accountId } }: Call,
  input: UserQuestion,
  group: GroupRow | undefined,
): Promise<number | undefined> {
  if (choicesOf(input).some((choice) => choice !== undefined)) return undefined;
  return group === undefined ? (await store.accounts.load(accountId))?.userCount : group.memberCount;
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
