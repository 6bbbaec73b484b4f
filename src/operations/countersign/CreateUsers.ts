import { setImmediate as othersTurn } from "node:timers/promises";
import { accept } from "#base/outcome.ts";
import { lookUp, table } from "#base/table.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import type { NewUser, NewUserProblem } from "#model/countersign/user-types.ts";
import { brokenMembers } from "#model/validate.ts";
import type { Reader, Transaction } from "#ports/store.ts";
import type { Call } from "../call.ts";
import { addressProblem } from "../contacts.ts";
import { knownGroup } from "../groups.ts";
import { AddUserToGroup } from "../iam/AddUserToGroup.ts";
import { CreateUser } from "../iam/CreateUser.ts";
import type { Membership } from "../iam/memberships.ts";
import { anyResource, noTarget, type Result, type WriteOperation } from "../operation.ts";
import { decidePart, runPart } from "../run.ts";
import { PutContactAddress } from "./PutContactAddress.ts";

type Shape = CountersignOperations["CreateUsers"];

/**
 * Makes all of the users or none. It is made of the calls that would make them one by one: each is allowed or denied as such, keeps
 * IAM's rules and has its own event. So it needs no permission of its own.
 *
 * The revision does not rise: in nobody's cache is a user who was made in the same transaction as his memberships.
 */
export const CreateUsers: WriteOperation<Shape["input"], Shape["output"]> = {
  kind: "write",
  service: "countersign",
  name: "CreateUsers",
  action: "countersign:CreateUsers",
  readOnly: false,
  target: noTarget,
  resources: anyResource,
  prepare: (store, call, { Users }) => mayMakeOne(store, call, Users),
  async run(store, call, { Users, DryRun = false }) {
    const problems = await store.savepoint(
      () => makeAll(store, call, Users),
      (found) => found.length === 0 && !DryRun,
    );
    return accept({ Created: problems.length > 0 || DryRun ? 0 : Users.length, Problems: problems });
  },
  audit: {
    // whom it made, their own events say
    request: ({ Users, DryRun }) => ({ users: Users.length, dryRun: DryRun }),
    response: ({ Created, Problems }) => ({
      created: Created,
      problems: Problems.length,
      firstProblems: Problems.slice(0, TOLD_PROBLEMS).map(({ Row, Message }) => ({
        row: Row,
        message: Message,
      })),
    }),
  },
};

const TOLD_PROBLEMS = 10;

/** To tag a user while he is made is an action of its own (Service Authorization Reference, CreateUser). */
const MakeUser: typeof CreateUser = {
  ...CreateUser,
  alsoActions: (_call, { Tags = [] }) => (Tags.length === 0 ? [] : ["iam:TagUser"]),
};

/** Who may make none of them is denied as he would be for a single one, before anything waits for him. */
async function mayMakeOne(store: Reader, call: Call, users: readonly NewUser[]): Promise<Result<undefined>> {
  let first: Result<never> | undefined;
  for (const user of users) {
    const { refusal } = await decidePart(store, MakeUser, call, inputOf(user));
    if (refusal === undefined) return accept(undefined);
    first ??= refusal;
  }
  return first ?? accept(undefined);
}

const inputOf = ({ UserName, Path, Tags }: NewUser) => ({ UserName, Path, Tags });

/** SQLite works in this thread: after so many users the calls of others are seen to. */
const AT_ONCE = 20;

async function makeAll(
  store: Transaction,
  call: Call,
  users: readonly NewUser[],
): Promise<readonly NewUserProblem[]> {
  const problems: NewUserProblem[] = [];
  for (const [row, user] of users.entries()) {
    if (row % AT_ONCE === AT_ONCE - 1) await othersTurn();
    for (const problem of await makeOne(store, call, user)) problems.push({ Row: row, ...problem });
  }
  return problems;
}

type Problem = Omit<NewUserProblem, "Row">;

async function makeOne(store: Transaction, call: Call, user: NewUser): Promise<readonly Problem[]> {
  const problems: Problem[] = brokenMembers("iam", "CreateUser", inputOf(user)).map(
    ({ member, message }) => ({
      Member: lookUp(MEMBERS, member),
      Message: message,
    }),
  );
  const made = problems.length === 0 ? await runPart(store, MakeUser, call, inputOf(user)) : undefined;
  if (made?.ok === false) {
    const { code, message } = made.error;
    problems.push({ Member: lookUp(REFUSED_MEMBERS, code), Message: message });
  }
  for (const GroupName of user.Groups ?? []) {
    const input = { UserName: user.UserName, GroupName };
    const Message = await (made?.ok ? joinGroup(store, call, input) : whyNotJoin(store, call, input));
    if (Message !== undefined) problems.push({ Member: "Groups", Message });
  }
  const Message = await contactProblem(store, call, user, made?.ok === true);
  if (Message !== undefined) problems.push({ Member: "ContactAddress", Message });
  return problems;
}

/** Puts the address of a user who is made; of one who is not, what is wrong with it is told with the rest. */
async function contactProblem(
  store: Transaction,
  call: Call,
  { UserName, ContactAddress }: NewUser,
  made: boolean,
): Promise<string | undefined> {
  if (ContactAddress === undefined) return undefined;
  const input = { UserName, Address: ContactAddress };
  const broken =
    brokenMembers("countersign", "PutContactAddress", input).find(({ member }) => member === "Address")
      ?.message ?? addressProblem(ContactAddress)?.message;
  if (broken !== undefined || !made) return broken;
  const put = await runPart(store, PutContactAddress, call, input);
  return put.ok ? undefined : put.error.message;
}

const MEMBERS = table<Problem["Member"], string>({ UserName: "UserName", Path: "Path", Tags: "Tags" });

/** What a refusal of CreateUser is about, by its code; others are about the whole. */
const REFUSED_MEMBERS = table<Problem["Member"], string>({
  EntityAlreadyExists: "UserName",
  InvalidInput: "Tags",
});

interface Joining {
  readonly UserName: string;
  readonly GroupName: string;
}

const brokenGroup = (input: Joining): string | undefined =>
  brokenMembers("iam", "AddUserToGroup", input).find(({ member }) => member === "GroupName")?.message;

async function joinGroup(store: Transaction, call: Call, input: Joining): Promise<string | undefined> {
  const broken = brokenGroup(input);
  if (broken !== undefined) return broken;
  const joined = await runPart(store, AddUserToGroup, call, input);
  return joined.ok ? undefined : joined.error.message;
}

/** Of a user who is not made: what is wrong with his group is told with the rest, to whom it may be told. */
async function whyNotJoin(store: Transaction, call: Call, input: Joining): Promise<string | undefined> {
  const broken = brokenGroup(input);
  if (broken !== undefined) return broken;
  const { decided, refusal } = await decidePart(store, AddUserToGroup, call, input);
  if (refusal?.ok === false) return refusal.error.message;
  // what AddUserToGroup loads
  const { group } = decided.target as Membership;
  const known = knownGroup(input, group);
  return known.ok ? undefined : known.error.message;
}
