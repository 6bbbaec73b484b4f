import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { RoleRow } from "#ports/roles.ts";
import type { Reader } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { Call } from "../call.ts";
import type { WriteOperation } from "../operation.ts";
import { noSuchRole, roleResource, roleTarget } from "../roles.ts";
import { noSuchUser, userResource, userTarget } from "../users.ts";
import { noSuchAccount } from "./no-such-account.ts";

/** Whose sessions end: a user's, a role's, or without either the whole account's, root's among them. */
interface Input {
  readonly UserName?: string | undefined;
  readonly RoleName?: string | undefined;
}

interface Target {
  readonly user: UserRow | undefined;
  readonly role: RoleRow | undefined;
}

/**
 * Ends sessions: tokens issued until now are dead, whatever they were sealed under. With a user's end those of the roles that he
 * assumed and of whom he federated (DESIGN 3.3). Long-term keys go on, and make new ones.
 */
export const RevokeSessions: WriteOperation<Input, Input, Target> = {
  kind: "write",
  service: "countersign",
  name: "RevokeSessions",
  action: "countersign:RevokeSessions",
  readOnly: false,
  bumpsRevision: true,
  target: targetOf,
  resources(call, input, { user, role }) {
    if (input.UserName !== undefined) return userResource(call, input, user);
    return input.RoleName === undefined ? ["*"] : roleResource(call, input, role);
  },

  async run(tx, call, input, target) {
    const { caller, now } = call;
    if ((await tx.accounts.revision(caller.accountId)) === undefined) return refuse(noSuchAccount(call));
    const known = knownTarget(input, target);
    if (!known.ok) return known;
    const { user, role } = known.value;
    if (user !== undefined) await tx.users.endSessions(user.accountId, user.userId, now);
    else if (role !== undefined) await tx.roles.endSessions(role.accountId, role.roleId, now);
    else await tx.accounts.endSessions(caller.accountId, now);
    return accept({ UserName: user?.userName, RoleName: role?.roleName });
  },
};

async function targetOf(store: Reader, call: Call, input: Input): Promise<Target> {
  const [user, role] = await Promise.all([
    input.UserName === undefined ? undefined : userTarget(store, call, input),
    input.RoleName === undefined ? undefined : roleTarget(store, call, input),
  ]);
  return { user, role };
}

function knownTarget({ UserName, RoleName }: Input, target: Target): Outcome<Target, ServiceError> {
  if (UserName !== undefined && RoleName !== undefined) {
    return refuse(serviceError("ValidationError", "Name a user or a role, not both."));
  }
  if (UserName !== undefined && target.user === undefined) return refuse(noSuchUser(UserName));
  if (RoleName !== undefined && target.role === undefined) return refuse(noSuchRole(RoleName));
  return accept(target);
}
