import type { GetSessionTokenCommandInput, GetSessionTokenCommandOutput } from "@aws-sdk/client-sts";
import { accept } from "#base/outcome.ts";
import { anyResource, noTarget, type WriteOperation } from "../operation.ts";
import { proveFactor } from "./factor.ts";
import { auditedCredentials, issueCredentials, ownSeconds } from "./issue.ts";
import { longTermCaller } from "./long-term.ts";

/** Temporary credentials for a long-term key; with a code of one's own device they carry MFA (contract 2, 2.1). */
export const GetSessionToken: WriteOperation<
  GetSessionTokenCommandInput,
  Omit<GetSessionTokenCommandOutput, "$metadata">
> = {
  kind: "write",
  service: "sts",
  name: "GetSessionToken",
  action: "sts:GetSessionToken",
  readOnly: false,
  target: noTarget,
  resources: anyResource,

  async run(tx, call, input) {
    const caller = await longTermCaller(tx, call, "GetSessionToken");
    if (!caller.ok) return caller;
    const proof = await proveFactor(tx, call, caller.value, input);
    if (!proof.ok) return proof;
    const { accountId, principalId } = caller.value;
    const seconds = ownSeconds(caller.value, input.DurationSeconds);
    const session = { accountId, principalId, seconds, mfa: proof.value, acting: undefined };
    return accept({ Credentials: issueCredentials(call, caller.value, session) });
  },

  audit: { response: ({ Credentials }) => ({ credentials: auditedCredentials(Credentials) }) },
};
