import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { groupArn } from "#identity/arns.ts";
import type { Arn } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { GroupRow } from "#ports/groups.ts";
import type { Reader } from "#ports/store.ts";
import type { Call } from "./call.ts";
import { GROUPS, noSuchHolder } from "./holders.ts";

/** The member that says which group a call is about. */
export interface GroupInput {
  readonly GroupName?: string | undefined;
}

/** The group named, in whatever letter case; undefined where there is none. */
export const groupTarget = (store: Reader, call: Call, input: GroupInput): Promise<GroupRow | undefined> =>
  store.groups.byName(call.caller.accountId, input.GroupName ?? "");

export const arnOfGroup = ({ accountId, path, groupName }: GroupRow): Arn =>
  groupArn(accountId, path, groupName);

/** The resource of a decision: the group's ARN, or the ARN of the name asked for where there is none. */
export const groupResource = (
  call: Call,
  input: GroupInput,
  target: GroupRow | undefined,
): readonly string[] => [
  target === undefined ? groupArn(call.caller.accountId, "/", input.GroupName ?? "") : arnOfGroup(target),
];

export const noSuchGroup = (name: string | undefined): ServiceError => noSuchHolder(GROUPS, name ?? "");

export const groupExists = (name: string | undefined): ServiceError =>
  serviceError("EntityAlreadyExists", `Group with name ${name} already exists.`);

export const knownGroup = (
  input: GroupInput,
  target: GroupRow | undefined,
): Outcome<GroupRow, ServiceError> =>
  target === undefined ? refuse(noSuchGroup(input.GroupName)) : accept(target);
