import type { EventRow } from "#audit/event.ts";
import { accept } from "#base/outcome.ts";
import type { Activity } from "#model/countersign/activity-types.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import type { UserRow } from "#ports/users.ts";
import type { ReadOperation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { taggedContext } from "../tags.ts";
import { iamUser, userResource, userTarget } from "../users.ts";

type Shape = CountersignOperations["ListUserActivity"];

const ON_A_PAGE = 50;

/** What a user did, by his unique id: whoever had his name before is another. */
export const ListUserActivity: ReadOperation<Shape["input"], Shape["output"], UserRow | undefined> = {
  kind: "read",
  service: "countersign",
  name: "ListUserActivity",
  action: "countersign:ListUserActivity",
  readOnly: true,
  target: userTarget,
  resources: userResource,
  context: taggedContext,
  async run(store, call, input, target) {
    const user = iamUser(call, input, target);
    if (!user.ok) return user;
    const { accountId, userId } = user.value;
    const page = await pageOf(
      call,
      "ListUserActivity",
      [userId],
      { Marker: input.Marker, MaxItems: input.MaxItems ?? ON_A_PAGE },
      (wanted) => store.events.ofPrincipal(accountId, userId, wanted),
      ({ eventTime, eventId }) => `${eventTime} ${eventId}`,
    );
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    return accept({ Events: rows.map(shapeOf), IsTruncated, Marker });
  },
};

/** What is read of a record and of a decision (contract 5.1, 5.3). */
interface Recorded {
  readonly sourceIPAddress?: string;
  readonly userAgent?: string;
  readonly errorMessage?: string;
  readonly additionalEventData?: { readonly MFAUsed?: string };
}
interface DecidedOn {
  readonly mfa?: "absent" | "false" | "true";
}

function shapeOf({ record, decision, ...row }: EventRow): Activity {
  // both are what `renderEvent` wrote
  const { additionalEventData, ...told } = JSON.parse(record) as Recorded;
  const { mfa } = JSON.parse(decision) as DecidedOn;
  const asked = additionalEventData?.MFAUsed;
  return {
    EventId: row.eventId,
    Time: row.eventTime,
    Name: row.eventName,
    Source: row.eventSource,
    SourceIp: told.sourceIPAddress ?? "",
    UserAgent: told.userAgent ?? "",
    // a failed sign-in has a sentence and no code; of a call the sentence may name what only its caller may know
    Error: row.errorCode ?? told.errorMessage,
    MfaUsed: asked === undefined ? knownMfa(mfa) : asked === "Yes",
    ReadOnly: row.readOnly,
  };
}

const knownMfa = (mfa: DecidedOn["mfa"]): boolean | undefined =>
  mfa === undefined || mfa === "absent" ? undefined : mfa === "true";
