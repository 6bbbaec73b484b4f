import type { AccountId } from "#identity/ids.ts";
import type { ResourcePolicy } from "#policy/request.ts";
import type { RoleRow } from "#ports/roles.ts";
import type { Reader } from "#ports/store.ts";
import type { Call } from "../call.ts";
import { compiledTrust, NO_TRUST } from "../compiled-policies.ts";
import { arnOfRole } from "../roles.ts";

/** The member that says which role is to be assumed. */
interface Input {
  readonly RoleArn: string | undefined;
}

/** The account and name in a role's ARN; the validator has seen to its form. */
function partsOf({ RoleArn = "" }: Input): { readonly account: AccountId; readonly name: string } {
  return { account: RoleArn.split(":")[4] as AccountId, name: RoleArn.slice(RoleArn.lastIndexOf("/") + 1) };
}

/** The role whose ARN it is to the letter, path and case included. */
export async function roleByArn(store: Reader, _call: Call, input: Input): Promise<RoleRow | undefined> {
  const { account, name } = partsOf(input);
  const role = await store.roles.byName(account, name);
  return role !== undefined && arnOfRole(role) === input.RoleArn ? role : undefined;
}

/** Of a role that is not there: a policy that trusts nobody. */
export function trustOf(_call: Call, input: Input, role: RoleRow | undefined): ResourcePolicy {
  const compiled = role === undefined ? NO_TRUST : compiledTrust(role);
  return { kind: "trust", accountId: partsOf(input).account, name: input.RoleArn ?? "", compiled };
}
