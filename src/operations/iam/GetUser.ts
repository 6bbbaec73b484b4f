import type { GetUserCommandInput, GetUserCommandOutput } from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import type { UserRow } from "#ports/users.ts";
import type { ReadOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { userOrRoot, userResource, userTarget } from "../users.ts";
import { shownUser } from "./user-shape.ts";

type Output = Omit<GetUserCommandOutput, "$metadata">;

export const GetUser: ReadOperation<GetUserCommandInput, Output, UserRow | undefined> = {
  kind: "read",
  service: "iam",
  name: "GetUser",
  action: "iam:GetUser",
  readOnly: true,
  target: userTarget,
  resources: userResource,
  context: taggedContext,
  async run(_store, call, input, target) {
    const user = userOrRoot(call, input, target);
    return user.ok ? accept({ User: shownUser(user.value) }) : user;
  },
};
