import type { DetachUserPolicyCommandInput, DetachUserPolicyCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { UserRow } from "#ports/store.ts";
import type { WriteOperation } from "../operation.ts";
import { iamUser, userResource, userTarget } from "../users.ts";
import { policyArn, policyNotFound } from "./managed-policies.ts";

type Output = Omit<DetachUserPolicyCommandOutput, "$metadata">;

export const DetachUserPolicy: WriteOperation<DetachUserPolicyCommandInput, Output, UserRow | undefined> = {
  kind: "write",
  service: "iam",
  name: "DetachUserPolicy",
  action: "iam:DetachUserPolicy",
  readOnly: false,
  bumpsRevision: true,
  target: userTarget,
  resources: userResource,
  async run(store, call, input, target) {
    const user = iamUser(call, input, target);
    if (!user.ok) return user;
    const arn = policyArn(input.PolicyArn);
    const { accountId, userId } = user.value;
    if (!(await store.attachments.detach(accountId, userId, arn))) return refuse(policyNotFound(arn));
    await store.users.count(accountId, userId, "policyCount", -1);
    return accept({});
  },
};
