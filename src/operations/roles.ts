import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { roleArn } from "#identity/arns.ts";
import type { Arn } from "#identity/ids.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { RoleRow } from "#ports/roles.ts";
import type { Reader } from "#ports/store.ts";
import type { Call } from "./call.ts";
import { noSuchHolder, ROLES } from "./holders.ts";

/** The member that says which role a call is about. */
export interface RoleInput {
  readonly RoleName?: string | undefined;
}

/** The role named, in whatever letter case; undefined where there is none. */
export const roleTarget = (store: Reader, call: Call, input: RoleInput): Promise<RoleRow | undefined> =>
  store.roles.byName(call.caller.accountId, input.RoleName ?? "");

export const arnOfRole = ({ accountId, path, roleName }: RoleRow): Arn => roleArn(accountId, path, roleName);

/** The resource of a decision: the role's ARN, or the ARN of the name asked for where there is none. */
export const roleResource = (
  call: Call,
  input: RoleInput,
  target: RoleRow | undefined,
): readonly string[] => [
  target === undefined ? roleArn(call.caller.accountId, "/", input.RoleName ?? "") : arnOfRole(target),
];

export const noSuchRole = (name: string | undefined): ServiceError => noSuchHolder(ROLES, name ?? "");

export const knownRole = (input: RoleInput, target: RoleRow | undefined): Outcome<RoleRow, ServiceError> =>
  target === undefined ? refuse(noSuchRole(input.RoleName)) : accept(target);
