import type { GetFederationTokenCommandInput, GetFederationTokenCommandOutput } from "@aws-sdk/client-sts";
import { accept } from "#base/outcome.ts";
import type { ActingSession } from "#credentials/acting-session.ts";
import { federatedUserArn } from "#identity/arns.ts";
import { noTarget, type WriteOperation } from "../operation.ts";
import { taggingContext } from "../tags.ts";
import { auditedCredentials, issueCredentials, ownSeconds } from "./issue.ts";
import { longTermCaller } from "./long-term.ts";
import { givenPolicies, packedSize } from "./session-policies.ts";
import { sessionTags } from "./session-tags.ts";

/** A session of somebody who is no user: he may do what its maker may and its policies allow, without any nothing (contract 2). */
export const GetFederationToken: WriteOperation<
  GetFederationTokenCommandInput,
  Omit<GetFederationTokenCommandOutput, "$metadata">
> = {
  kind: "write",
  service: "sts",
  name: "GetFederationToken",
  action: "sts:GetFederationToken",
  readOnly: false,
  target: noTarget,
  resources: ({ caller }, { Name = "" }) => [federatedUserArn(caller.accountId, Name)],
  alsoActions: (_call, { Tags = [] }) => (Tags.length > 0 ? ["sts:TagSession"] : []),
  context: taggingContext,

  async run(tx, call, input) {
    const caller = await longTermCaller(tx, call, "GetFederationToken");
    if (!caller.ok) return caller;
    const { accountId, principalId } = caller.value;
    const tags = sessionTags([], input);
    if (!tags.ok) return tags;
    const policies = await givenPolicies(tx, accountId, input);
    if (!policies.ok) return policies;
    const { Name = "", DurationSeconds } = input;
    const acting: ActingSession = {
      madeBy: "GetFederationToken",
      name: Name,
      origin: { accountId, principalId },
      sourceIdentity: undefined,
      policies: policies.value,
      ...tags.value,
    };
    const percent = packedSize(acting);
    if (!percent.ok) return percent;
    const seconds = ownSeconds(caller.value, DurationSeconds);
    const session = { accountId, principalId, seconds, mfa: undefined, acting };
    return accept({
      Credentials: issueCredentials(call, caller.value, session),
      FederatedUser: { FederatedUserId: `${accountId}:${Name}`, Arn: federatedUserArn(accountId, Name) },
      PackedPolicySize: percent.value,
    });
  },

  audit: {
    response: ({ Credentials, FederatedUser, PackedPolicySize }) => ({
      credentials: auditedCredentials(Credentials),
      federatedUser: { federatedUserId: FederatedUser?.FederatedUserId, arn: FederatedUser?.Arn },
      packedPolicySize: PackedPolicySize,
    }),
  },
};
