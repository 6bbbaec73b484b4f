import type { EpochMs } from "#base/clock.ts";
import type { Accepted, Refused } from "#base/outcome.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Deps } from "../call.ts";
import type { CookieChange, CookieName } from "../cookies.ts";
import type { RunEnv } from "../run.ts";

/** A browser's request to the sign-in service: nobody's until its cookies say whose. */
export interface Visit {
  readonly now: EpochMs;
  readonly requestId: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly secureTransport: boolean;
  /** The machine's clock is behind the highest moment seen: nobody signs in (DESIGN 3.8). */
  readonly clockBehind: boolean;
  readonly deps: Deps;
  /** As the browser sent them; undefined where it sent none. */
  readonly cookies: Readonly<Record<CookieName, string | undefined>>;
}

export interface SignInAnswer {
  /** In the form of the service's schemas; times are epoch milliseconds. */
  readonly output: object;
  readonly cookies: readonly CookieChange[];
}

/** A refusal may change cookies too: one that is worth nothing any more is cleared. */
export type SignInResult =
  | Accepted<SignInAnswer>
  | (Refused<ServiceError> & { readonly cookies?: readonly CookieChange[] });

/** Every one records its own events; there is no other caller of them than the console's path. */
export type SignInOperation<Input> = (env: RunEnv, visit: Visit, input: Input) => Promise<SignInResult>;
