import type { Failure } from "../api/failure.ts";
import type { Words } from "../words/english.ts";

export interface Explanation {
  readonly what: string;
  readonly next: string;
  /** The server's sentence says more than ours. */
  readonly quoted: boolean;
}

/** Codes whose sentence tells nothing beyond ours. */
const SILENT = new Set<string>([
  "OldPassword",
  "SignInFailed",
  "InvalidCode",
  "InvalidAuthenticationCode",
  "SignInExpired",
  "SetUpLinkInvalid",
  "NotSignedIn",
  "StepUpRequired",
  "CrossSiteRequest",
  "Unreachable",
]);

/** What says the same by another name: the code of the query protocol, and that of the JSON one without its last word. */
const SAME = new Map([
  ["ValidationError", "InvalidInput"],
  ["Validation", "InvalidInput"],
  ["InvalidParameterValue", "InvalidInput"],
  ["ChangedMeanwhile", "ConcurrentModification"],
]);

/** A failure in the reader's words: what happened and what to do next. */
export function explain(words: Words, { code, message }: Failure): Explanation {
  if (code === "AccessDenied" && /old password/i.test(message)) {
    return { ...words.errors.OldPassword, quoted: false };
  }
  // the first-device rule's sentence (contract 1.3)
  if (/authenticated with an MFA device that is enabled/.test(message)) {
    return { ...words.mustUseMfa, quoted: false };
  }
  return { ...rowOf(words, SAME.get(code) ?? code), quoted: message !== "" && !SILENT.has(code) };
}

/** Where a password is changed, details that do not fit are the current password. */
export const oldPasswordFailure = (failure: Failure | undefined): Failure | undefined =>
  failure?.code === "SignInFailed" ? { ...failure, code: "OldPassword" } : failure;

function rowOf({ errors }: Words, code: string): { readonly what: string; readonly next: string } {
  // own keys alone, so that no code finds what every object has
  return Object.hasOwn(errors, code) ? errors[code as keyof typeof errors] : errors.other;
}
