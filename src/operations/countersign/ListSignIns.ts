import type { EventRow } from "#audit/event.ts";
import { accept } from "#base/outcome.ts";
import type { AccountId } from "#identity/ids.ts";
import type { CountersignOperations, SignInRecord } from "#model/countersign/types.ts";
import type { Reader } from "#ports/store.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";

type Shape = CountersignOperations["ListSignIns"];

const SHOWN = 50;

/** The caller's own sign-ins, also the ones that failed: no permission is needed. */
export const ListSignIns: ReadOperation<Shape["input"], Shape["output"]> = {
  kind: "read",
  service: "countersign",
  name: "ListSignIns",
  action: "countersign:ListSignIns",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  async run(store, { caller }, { MaxItems = SHOWN }) {
    if (caller.kind !== "user" && caller.kind !== "root") return accept({ SignIns: [] });
    const { accountId, principalId } = caller;
    const names = caller.kind === "user" ? [caller.userName] : await rootNames(store, accountId);
    const found = await Promise.all(names.map((name) => store.events.signIns(accountId, name, MaxItems)));
    const rows = found.flat().toSorted((a, b) => b.eventTime - a.eventTime);
    const records = rows.map((row) => ({ row, record: recordOf(row) }));
    // whoever had the name before, his sign-ins are not the caller's
    const own = records.filter(({ record }) => record.userIdentity?.principalId === principalId);
    return accept({ SignIns: own.slice(0, MaxItems).map(({ row, record }) => shapeOf(row, record)) });
  },
};

/** Root's sign-ins are under the account's alias where it had one at the time (contract 5.1). */
async function rootNames(store: Reader, account: AccountId): Promise<readonly (string | undefined)[]> {
  const alias = (await store.accounts.load(account))?.alias;
  return alias === undefined ? [undefined] : [undefined, alias];
}

/** What is read of a ConsoleLogin (contract 5.1). */
interface ConsoleLogin {
  readonly userIdentity?: { readonly principalId?: string };
  readonly sourceIPAddress?: string;
  readonly userAgent?: string;
  readonly responseElements?: { readonly ConsoleLogin?: string };
  readonly additionalEventData?: { readonly MFAUsed?: string; readonly MFAIdentifier?: string };
}

// the record is what `renderEvent` wrote
const recordOf = ({ record }: EventRow): ConsoleLogin => JSON.parse(record) as ConsoleLogin;

const shapeOf = ({ eventTime }: EventRow, login: ConsoleLogin): SignInRecord => ({
  Time: eventTime,
  Outcome: login.responseElements?.ConsoleLogin === "Success" ? "Success" : "Failure",
  MfaUsed: login.additionalEventData?.MFAUsed === "Yes",
  MfaIdentifier: login.additionalEventData?.MFAIdentifier,
  SourceIp: login.sourceIPAddress ?? "",
  UserAgent: login.userAgent ?? "",
});
