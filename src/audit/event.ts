import { type EpochMs, isoSeconds } from "#base/clock.ts";
import type { AccountId } from "#identity/ids.ts";
import type { UserIdentity } from "./identity.ts";
import { withoutSecrets } from "./redaction.ts";

/** One event as it is stored: the CloudTrail record and, beside it, the compact decision context (DESIGN 3.6). */
export interface EventRow {
  readonly accountId: AccountId;
  readonly eventId: string;
  readonly eventTime: EpochMs;
  readonly eventSource: string;
  readonly eventName: string;
  readonly readOnly: boolean;
  readonly userName: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly errorCode: string | undefined;
  /** Whose it is, by his unique id; a role's session has its name behind it. */
  readonly principalId: string | undefined;
  /** The CloudTrail record as JSON. */
  readonly record: string;
  /** The decision context as JSON. */
  readonly decision: string;
}

/** What is known of a call once it has ended. */
export interface EventFacts {
  readonly eventId: string;
  readonly requestId: string;
  readonly time: EpochMs;
  readonly accountId: AccountId;
  readonly identity: UserIdentity;
  readonly eventSource: string;
  readonly eventName: string;
  readonly region: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly readOnly: boolean;
  /** Null on a denial, and where the call could not be read (contract 5.3). */
  readonly requestParameters: object | null;
  readonly responseElements: object | null;
  /** Of sign-in events alone: CloudTrail's additionalEventData (contract 5.1). */
  readonly signIn?: object;
  readonly error: { readonly code: string; readonly message: string } | undefined;
  /** A sentence without a code, as failed sign-ins have it. */
  readonly errorMessage?: string | undefined;
  /** Where two accounts have an event of the one call. */
  readonly sharedEventId?: string | undefined;
  readonly decision: DecisionContext;
}

/** What a decision rested on, so that it can be made again later. */
export interface DecisionContext {
  readonly action?: string;
  readonly resources?: readonly string[];
  readonly verdict?: string;
  /** The statement that decided, or for an implicit denial the layer where nothing allowed. */
  readonly by?: string;
  readonly credential?: string;
  /** `absent` for long-term keys: they carry no MFA state at all (contract 2.2). */
  readonly mfa?: "absent" | "false" | "true";
  readonly mfaMethod?: string;
  readonly mfaSerial?: string;
  readonly mfaAgeSeconds?: number;
  /** The context keys that statements asked for; null where absent. */
  readonly asked?: Readonly<Record<string, string | readonly string[] | null>>;
  /** The precise reason behind a refusal whose outward sentence is one for many. */
  readonly reason?: string;
}

/**
 * Characters of a record, and of a decision: CloudTrail's bounds are 100 KB for the parameters and 1 KB for a sentence. Only
 * calls that are refused come near it: the validator bounds the members of the others, all but a device's name.
 */
const LONGEST_RECORD = 256 * 1024;

/** The stored form of an event in CloudTrail's shape (contract 5.3). Secrets and codes are taken out here, whoever put them in. */
export function renderEvent(facts: EventFacts): EventRow {
  const record = {
    eventVersion: facts.signIn === undefined ? "1.11" : "1.08",
    userIdentity: facts.identity,
    eventTime: isoSeconds(facts.time),
    eventSource: facts.eventSource,
    eventName: facts.eventName,
    awsRegion: facts.region,
    sourceIPAddress: facts.sourceIp,
    userAgent: facts.userAgent,
    errorCode: facts.error?.code,
    errorMessage:
      facts.error === undefined ? facts.errorMessage : withoutSecrets.message(facts.error.message),
    requestParameters: withoutSecrets.members(facts.requestParameters),
    responseElements: withoutSecrets.members(facts.responseElements),
    additionalEventData: facts.signIn,
    requestID: facts.requestId,
    eventID: facts.eventId,
    readOnly: facts.readOnly,
    eventType: eventType(facts),
    managementEvent: true,
    recipientAccountId: facts.accountId,
    sharedEventID: facts.sharedEventId,
    eventCategory: "Management",
  };
  return {
    accountId: facts.accountId,
    eventId: facts.eventId,
    eventTime: facts.time,
    eventSource: facts.eventSource,
    eventName: facts.eventName,
    readOnly: facts.readOnly,
    userName: facts.identity.userName,
    // sign-in events have it empty
    accessKeyId: facts.identity.accessKeyId || undefined,
    errorCode: facts.error?.code,
    principalId: facts.identity.principalId,
    record: bounded(record, { requestParameters: null, responseElements: null }),
    decision: bounded(facts.decision, { resources: undefined, asked: undefined }),
  };
}

function eventType({ signIn, identity }: EventFacts): string {
  if (signIn !== undefined) return "AwsConsoleSignIn";
  return identity.type === "AWSService" ? "AwsServiceEvent" : "AwsApiCall";
}

/** Whoever may call at all could fill memory and disk with what he sends. `without` takes the place of what can be long. */
function bounded(whole: object, without: object): string {
  const text = JSON.stringify(whole);
  return text.length <= LONGEST_RECORD ? text : JSON.stringify({ ...whole, ...without });
}
