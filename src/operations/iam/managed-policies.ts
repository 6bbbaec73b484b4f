import { table } from "#base/table.ts";
import type { Arn } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { ADMINISTRATOR_ACCESS } from "#policy/managed/managed.ts";

/** The managed policies that there are so far. */
const ATTACHABLE = table({ [ADMINISTRATOR_ACCESS]: true });

export const isAttachable = (arn: string): boolean => arn in ATTACHABLE;

/** As the validator let it through: it names a policy or it does not. */
export const policyArn = (arn: string | undefined): Arn => (arn ?? "") as Arn;

export const noSuchPolicy = (arn: string): ServiceError =>
  serviceError("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`);

export const policyNotFound = (arn: string): ServiceError =>
  serviceError("NoSuchEntity", `Policy ${arn} was not found.`);

/** The path in `arn:aws:iam::…:policy/path/name`: it starts and ends with `/`. */
export const pathOfPolicy = (arn: string): string => arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1);

export const nameOfPolicy = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);
