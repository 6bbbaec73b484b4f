import { table } from "#base/table.ts";
import { GetAccessKeyInfo } from "./GetAccessKeyInfo.ts";
import { GetCallerIdentity } from "./GetCallerIdentity.ts";
import { GetSessionToken } from "./GetSessionToken.ts";

export const STS_OPERATIONS = table({ GetAccessKeyInfo, GetCallerIdentity, GetSessionToken });
