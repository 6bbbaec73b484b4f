import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Call } from "../call.ts";

/** The operator named an account that is not there. */
export const noSuchAccount = ({ caller }: Call): ServiceError =>
  serviceError("NoSuchEntity", `there is no account \`${caller.accountId}\``);
