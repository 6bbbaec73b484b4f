import type { AttachUserPolicyCommandInput, AttachUserPolicyCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { UserRow } from "#ports/store.ts";
import type { WriteOperation } from "../operation.ts";
import { iamUser, noSuchUser, userResource, userTarget } from "../users.ts";
import { isAttachable, noSuchPolicy, policyArn } from "./managed-policies.ts";

type Output = Omit<AttachUserPolicyCommandOutput, "$metadata">;

/** Attaching what is attached already changes nothing and succeeds. */
export const AttachUserPolicy: WriteOperation<AttachUserPolicyCommandInput, Output, UserRow | undefined> = {
  kind: "write",
  service: "iam",
  name: "AttachUserPolicy",
  action: "iam:AttachUserPolicy",
  readOnly: false,
  bumpsRevision: true,
  target: userTarget,
  resources: userResource,
  async run(store, call, input, target) {
    const user = iamUser(call, input, target);
    if (!user.ok) return user;
    const arn = policyArn(input.PolicyArn);
    if (!isAttachable(arn)) return refuse(noSuchPolicy(arn));
    const { accountId, userId, userName } = user.value;
    if ((await store.users.lock(accountId, userId)) === undefined) return refuse(noSuchUser(userName));
    const attached = await store.attachments.attach(accountId, userId, arn, call.now);
    if (attached === "no-such-policy") return refuse(noSuchPolicy(arn));
    if (attached === "already-there") return accept({});
    const quota = call.deps.quotas.attachedPoliciesPerUser;
    if (await store.users.count(accountId, userId, "policyCount", 1, quota)) return accept({});
    return refuse(serviceError("LimitExceeded", `Cannot exceed quota for PoliciesPerUser: ${quota}`));
  },
};
