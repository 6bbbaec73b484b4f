import { randomUUID } from "node:crypto";
import { type EventRow, renderEvent } from "#audit/event.ts";
import type { UserIdentity } from "#audit/identity.ts";
import type { MfaProof } from "#mfa/proof.ts";
import { SIGNIN } from "#model/services.ts";
import type { AccountRow } from "#ports/accounts.ts";
import type { Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import { arnOfUser, isRootUser } from "../users.ts";
import type { Visit } from "./visit.ts";

/** Whose sign-in it is; `user` is undefined where nobody in the account has the name that was typed. */
export interface Subject {
  readonly account: AccountRow;
  readonly user: UserRow | undefined;
}

export type SignInEventName =
  | "ConsoleLogin"
  | "CheckMfa"
  | "PasswordUpdated"
  // of our own
  | "PasswordChangeRequired"
  | "ProveFactor"
  | "ResyncMFADevice"
  | "SignOut"
  | "SkipEnrolment";

export interface SignInEnding {
  readonly name: SignInEventName;
  /** Absent for a success; the precise reason, which is shown to nobody outside. */
  readonly failure?: string;
  /** Whether a second factor was asked for. */
  readonly mfaUsed: boolean;
  readonly mfa?: MfaProof | undefined;
  /** Attempts that this event stands for, itself included: those turned away before it have none of their own (DESIGN 3.6). */
  readonly attempts?: number;
}

/** The event of a step of signing in, in CloudTrail's shape (contract 5.1, 5.2). */
export function signInEvent(visit: Visit, subject: Subject, ending: SignInEnding): EventRow {
  const { name, failure, mfa, mfaUsed } = ending;
  return renderEvent({
    eventId: randomUUID(),
    requestId: visit.requestId,
    time: visit.now,
    accountId: subject.account.accountId,
    identity: identityOf(subject, ending),
    eventSource: SIGNIN.eventSource,
    eventName: name,
    // root signs in at us-east-1, and users at the region of the endpoint, of which there is one
    region: "us-east-1",
    sourceIp: visit.sourceIp,
    userAgent: visit.userAgent,
    readOnly: false,
    requestParameters: null,
    responseElements: { [name]: failure === undefined ? "Success" : "Failure" },
    signIn: additionalData(visit, ending),
    error: undefined,
    sharedEventId: undefined,
    errorMessage: failure === undefined ? undefined : failureSentence(subject),
    decision: {
      credential: "sign-in",
      mfa: mfa === undefined ? "false" : "true",
      ...(mfa === undefined ? {} : { mfaMethod: mfa.method, mfaSerial: mfa.serialNumber }),
      ...(mfaUsed && failure !== undefined ? { action: "signin:SubmitCode" } : {}),
      ...(failure === undefined ? {} : { reason: failure }),
    },
  });
}

/** Appends the event, and counts the sign-in that has ended with it. */
export async function appendSignIn(
  tx: Transaction,
  visit: Visit,
  subject: Subject,
  ending: SignInEnding,
): Promise<void> {
  const { name, failure, mfa, attempts = 1 } = ending;
  await tx.events.append(signInEvent(visit, subject, ending));
  if (name !== "ConsoleLogin") return;
  const method = failure === undefined ? (mfa?.method ?? "none") : "failed";
  await tx.signInDays.add(subject.account.accountId, visit.now, method, attempts);
}

const failureSentence = ({ user }: Subject): string =>
  user === undefined ? "No username found in supplied account" : "Failed authentication";

/** What CheckMfa calls a factor: all that there are today are of one kind (contract 5.2). */
const MFA_TYPE = "Virtual MFA";

function additionalData(visit: Visit, { name, mfa, mfaUsed, attempts = 1 }: SignInEnding): object {
  if (name === "CheckMfa") return { MfaType: MFA_TYPE };
  return {
    LoginTo: `${visit.deps.origin()}/`,
    MobileVersion: "No",
    ...(mfa === undefined ? {} : { MFAIdentifier: mfa.serialNumber }),
    MFAUsed: mfaUsed ? "Yes" : "No",
    ...(attempts === 1 ? {} : { Attempts: attempts }),
  };
}

/** Failures and CheckMfa have no ARN; a name that matches nobody is often a password (contract 5.1). */
function identityOf({ account, user }: Subject, { name, failure }: SignInEnding): UserIdentity {
  const { accountId, alias } = account;
  const nameless = failure !== undefined || name === "CheckMfa";
  if (user === undefined) {
    return { type: "IAMUser", accountId, accessKeyId: "", userName: "HIDDEN_DUE_TO_SECURITY_REASONS" };
  }
  const root = isRootUser(user);
  const userName = root ? alias : user.userName;
  return {
    type: root ? "Root" : "IAMUser",
    principalId: user.userId,
    ...(nameless && !root ? {} : { arn: arnOfUser(user) }),
    accountId,
    ...(failure !== undefined || root ? { accessKeyId: "" } : {}),
    ...(userName === undefined ? {} : { userName }),
  };
}
