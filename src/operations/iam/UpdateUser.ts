import type { UpdateUserCommandInput, UpdateUserCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { userArn } from "#identity/arns.ts";
import type { UserName } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import type { UserRow } from "#ports/users.ts";
import type { Call } from "../call.ts";
import type { WriteOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { iamUser, userResource, userTarget } from "../users.ts";

type Output = Omit<UpdateUserCommandOutput, "$metadata">;

/** Renames or moves: the unique id, and so keys, devices, password and policies, stay. */
export const UpdateUser: WriteOperation<UpdateUserCommandInput, Output, UserRow | undefined> = {
  kind: "write",
  service: "iam",
  name: "UpdateUser",
  action: "iam:UpdateUser",
  readOnly: false,
  bumpsRevision: true,
  target: userTarget,
  resources: (call, input, target) => [
    ...userResource(call, input, target),
    ...newResource(call, input, target),
  ],
  context: taggedContext,
  async run(store, call, input, target) {
    const user = iamUser(call, input, target);
    if (!user.ok) return user;
    const { accountId, userId } = user.value;
    if (await store.users.update(accountId, userId, changeOf(input))) return accept({});
    return refuse(serviceError("EntityAlreadyExists", `User with name ${input.NewUserName} already exists.`));
  },
};

/** The caller needs permission on the user as he is and as he will be (IAM API reference, UpdateUser). */
function newResource(
  call: Call,
  input: UpdateUserCommandInput,
  target: UserRow | undefined,
): readonly string[] {
  if (input.NewPath === undefined && input.NewUserName === undefined) return [];
  const path = input.NewPath ?? target?.path ?? "/";
  const name = input.NewUserName ?? target?.userName ?? input.UserName ?? "";
  return [userArn(call.caller.accountId, path, name)];
}

function changeOf({ NewUserName, NewPath }: UpdateUserCommandInput): { userName?: UserName; path?: string } {
  return {
    // the validator has held the name to AWS's alphabet and length
    ...(NewUserName === undefined ? {} : { userName: NewUserName as UserName }),
    ...(NewPath === undefined ? {} : { path: NewPath }),
  };
}
