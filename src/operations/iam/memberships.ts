import { accept, type Outcome } from "#base/outcome.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { GroupRow } from "#ports/groups.ts";
import type { Reader } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { Call } from "../call.ts";
import { type GroupInput, groupResource, groupTarget, knownGroup } from "../groups.ts";
import { iamUser, type UserInput, userTarget } from "../users.ts";

type Input = GroupInput & UserInput;

/** Whom and which group a membership is about. */
export interface Membership {
  readonly user: UserRow | undefined;
  readonly group: GroupRow | undefined;
}

export async function membershipTarget(store: Reader, call: Call, input: Input): Promise<Membership> {
  const [user, group] = await Promise.all([userTarget(store, call, input), groupTarget(store, call, input)]);
  return { user, group };
}

/** The group decides alone (Service Authorization Reference). */
export const membershipResource = (call: Call, input: Input, { group }: Membership): readonly string[] =>
  groupResource(call, input, group);

/** Both, or why not: the user is told of first (recorded). */
export function knownMembership(
  call: Call,
  input: Input,
  target: Membership,
): Outcome<{ readonly user: UserRow; readonly group: GroupRow }, ServiceError> {
  const user = iamUser(call, input, target.user);
  if (!user.ok) return user;
  const group = knownGroup(input, target.group);
  return group.ok ? accept({ user: user.value, group: group.value }) : group;
}
