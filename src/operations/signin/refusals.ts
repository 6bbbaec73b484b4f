import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";

/** One sentence for every reason of the first page; the reason goes to the event (guarantee 6, contract 7.1). */
export const signInFailed = (reason: string): ServiceError =>
  serviceError("SignInFailed", "Your authentication information is incorrect. Please try again.", reason);

/** One for every reason of the second. */
export const invalidCode = (reason: string): ServiceError =>
  serviceError("InvalidCode", "The code was not accepted. Wait for the next one and try again.", reason);

export const signInExpired = (reason: string): ServiceError =>
  serviceError("SignInExpired", "This sign-in is over. Start again.", reason);

export const passwordRefused = (problem: string): ServiceError => serviceError("PasswordRefused", problem);

export const setUpLinkInvalid = (reason: string): ServiceError =>
  serviceError(
    "SetUpLinkInvalid",
    "This set-up link is not good any more. Start the server again for a new one.",
    reason,
  );

/** Shed before any work: too many passwords are being hashed (DESIGN 3.7). */
export const tooBusy = (): ServiceError =>
  serviceError(
    "ServiceUnavailable",
    "Too many people are signing in at this moment. Try again in a few seconds.",
  );

/** Nobody signs in: what is over could be good again (DESIGN 3.8). */
export const clockIsBehind = (): ServiceError =>
  serviceError(
    "ServiceUnavailable",
    "The server's clock is behind the highest moment seen. Nobody can sign in.",
  );
