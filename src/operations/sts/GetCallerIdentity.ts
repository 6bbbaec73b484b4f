import type { GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput } from "@aws-sdk/client-sts";
import { accept } from "#base/outcome.ts";
import { userId } from "../context.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";

/** A session of a user or root is shown as the user or root himself (contract 2). */
export const GetCallerIdentity: ReadOperation<
  GetCallerIdentityCommandInput,
  Omit<GetCallerIdentityCommandOutput, "$metadata">
> = {
  kind: "read",
  service: "sts",
  name: "GetCallerIdentity",
  action: "sts:GetCallerIdentity",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  run: async (_store, { caller }) =>
    accept({
      UserId: userId(caller),
      Account: caller.accountId,
      Arn: caller.arn,
    }),
};
