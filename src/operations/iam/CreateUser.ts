import type { CreateUserCommandInput, CreateUserCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { userArn } from "#identity/arns.ts";
import { issuePrincipalId, type UserName } from "#identity/ids.ts";
import type { Tag } from "#identity/tags.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { Call } from "../call.ts";
import { eventDate } from "../event-date.ts";
import { noTarget, type WriteOperation } from "../operation.ts";
import { checkTags, taggingContext } from "../tags.ts";
import { giveBoundary, givenBoundary } from "./boundaries.ts";
import { shownUser } from "./user-shape.ts";

type Output = Omit<CreateUserCommandOutput, "$metadata">;

export const CreateUser: WriteOperation<CreateUserCommandInput, Output> = {
  kind: "write",
  service: "iam",
  name: "CreateUser",
  action: "iam:CreateUser",
  readOnly: false,
  target: noTarget,
  resources: ({ caller }, { Path = "/", UserName = "" }) => [userArn(caller.accountId, Path, UserName)],
  context: (call, input) => ({
    ...taggingContext(call, input),
    keys: givenBoundary(input.PermissionsBoundary),
  }),
  async run(store, call, input) {
    const tags = checkTags([], input.Tags);
    if (!tags.ok) return tags;
    const user = newUser(call, input, tags.value);
    const problem = await createUser(store, call, user, input.PermissionsBoundary);
    if (problem !== undefined) return refuse(problem);
    const made = await store.users.byId(user.accountId, user.userId);
    return accept({ User: shownUser(made ?? user) });
  },
  audit: { response: ({ User }) => ({ user: User === undefined ? null : createdUser(User) }) },
};

function newUser(call: Call, input: CreateUserCommandInput, tags: readonly Tag[]): UserRow {
  return {
    accountId: call.caller.accountId,
    userId: issuePrincipalId("user", call.deps.random),
    // the validator has held the name to AWS's alphabet and length
    userName: input.UserName as UserName,
    path: input.Path ?? "/",
    createdAt: call.now,
    tags,
    passwordLastUsed: undefined,
    mfaCount: 0,
    accessKeyCount: 0,
    policyCount: 0,
    groupCount: 0,
    inlineCount: 0,
    inlineSize: 0,
    boundaryArn: undefined,
    sessionsNotBefore: call.now,
  };
}

async function createUser(
  store: Transaction,
  call: Call,
  user: UserRow,
  boundary: string | undefined,
): Promise<ServiceError | undefined> {
  if (!(await store.users.create(user))) {
    return serviceError("EntityAlreadyExists", `User with name ${user.userName} already exists.`);
  }
  if (boundary !== undefined) {
    const holder = { kind: "user", accountId: user.accountId, id: user.userId } as const;
    const problem = await giveBoundary(store, holder, boundary);
    if (problem !== undefined) return problem;
  }
  const quota = call.deps.quotas.users;
  if (await store.accounts.count(user.accountId, "userCount", 1, quota)) return undefined;
  return serviceError("LimitExceeded", `Cannot exceed quota for UsersPerAccount: ${quota}`);
}

/** Contract 5.3. */
function createdUser({ Arn, CreateDate, Path, UserId, UserName }: NonNullable<Output["User"]>): object {
  const createDate = CreateDate === undefined ? null : eventDate(CreateDate);
  return { arn: Arn, createDate, path: Path, userId: UserId, userName: UserName };
}
