import type {
  GetAccessKeyLastUsedCommandInput,
  GetAccessKeyLastUsedCommandOutput,
} from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { AccessKeyRow } from "#ports/access-keys.ts";
import type { Reader } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { Call } from "../call.ts";
import type { ReadOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { arnOfUser } from "../users.ts";
import { accessKeyId, keyOwnerName } from "./access-keys.ts";

type Output = Omit<GetAccessKeyLastUsedCommandOutput, "$metadata">;

/** The owner of the key, or undefined where this account has no such key. */
type Target = UserRow | undefined;

export const GetAccessKeyLastUsed: ReadOperation<GetAccessKeyLastUsedCommandInput, Output, Target> = {
  kind: "read",
  service: "iam",
  name: "GetAccessKeyLastUsed",
  action: "iam:GetAccessKeyLastUsed",
  readOnly: true,
  async target(store, call, { AccessKeyId }) {
    const key = await ownKey(store, call, AccessKeyId);
    return key && store.users.byId(key.accountId, key.userId);
  },
  resources: (_call, _input, owner) => [owner === undefined ? "*" : arnOfUser(owner)],
  context: taggedContext,
  async run(store, call, { AccessKeyId }, owner) {
    // uses are noted in groups: what was noted before this call is on disk when it answers
    await call.deps.recorder.flush();
    const key = await ownKey(store, call, AccessKeyId);
    if (key === undefined || owner === undefined) return refuse(notYourKey(call, AccessKeyId));
    return accept({ UserName: keyOwnerName(owner), AccessKeyLastUsed: lastUse(key) });
  },
};

/** Another account's key is as unknown as one that does not exist (guarantee 3). */
async function ownKey(store: Reader, call: Call, id: string | undefined): Promise<AccessKeyRow | undefined> {
  const key = await store.accessKeys.load(accessKeyId(id));
  return key?.accountId === call.caller.accountId ? key : undefined;
}

/** Recorded from AWS: without a colon after `perform`. */
const notYourKey = (call: Call, id: string | undefined): ServiceError =>
  serviceError(
    "AccessDenied",
    `User: ${call.caller.arn} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key ${id}`,
  );

function lastUse({ lastUsedAt, lastUsedService, lastUsedRegion }: AccessKeyRow): Output["AccessKeyLastUsed"] {
  return {
    LastUsedDate: lastUsedAt === undefined ? undefined : new Date(lastUsedAt),
    ServiceName: lastUsedService ?? "N/A",
    Region: lastUsedRegion ?? "N/A",
  };
}
