import { table } from "#base/table.ts";
import { AssumeRole } from "./AssumeRole.ts";
import { DecodeAuthorizationMessage } from "./DecodeAuthorizationMessage.ts";
import { GetAccessKeyInfo } from "./GetAccessKeyInfo.ts";
import { GetCallerIdentity } from "./GetCallerIdentity.ts";
import { GetFederationToken } from "./GetFederationToken.ts";
import { GetSessionToken } from "./GetSessionToken.ts";

export const STS_OPERATIONS = table({
  AssumeRole,
  DecodeAuthorizationMessage,
  GetAccessKeyInfo,
  GetCallerIdentity,
  GetFederationToken,
  GetSessionToken,
});
