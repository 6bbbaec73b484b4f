import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import type { UserName } from "./devices.ts";
import { iam } from "./iam.ts";

export interface AccessKey {
  readonly id: string;
  readonly active: boolean;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly lastUsed: LastUse | undefined;
}

export interface LastUse {
  readonly at: number;
  readonly service: string;
}

export interface NewAccessKey {
  readonly id: string;
  readonly secret: string;
}

/** AWS's quota (contract 8). */
export const MAX_KEYS = 2;

export async function listKeys(user: UserName): Promise<readonly AccessKey[]> {
  const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName: user }));
  return Promise.all(
    AccessKeyMetadata.map(async ({ AccessKeyId: id = "", Status, CreateDate }) => ({
      id,
      active: Status === "Active",
      createdAt: CreateDate?.getTime() ?? 0,
      lastUsed: await lastUse(id),
    })),
  );
}

/** Who may not ask sees the key all the same. */
async function lastUse(id: string): Promise<LastUse | undefined> {
  const answer = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id })).catch(() => undefined);
  const { LastUsedDate, ServiceName = "" } = answer?.AccessKeyLastUsed ?? {};
  return LastUsedDate === undefined ? undefined : { at: LastUsedDate.getTime(), service: ServiceName };
}

export async function createKey(user: UserName): Promise<NewAccessKey> {
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: user }));
  return { id: AccessKey?.AccessKeyId ?? "", secret: AccessKey?.SecretAccessKey ?? "" };
}

export async function setKeyActive(user: UserName, id: string, active: boolean): Promise<void> {
  const Status = active ? "Active" : "Inactive";
  await iam.send(new UpdateAccessKeyCommand({ UserName: user, AccessKeyId: id, Status }));
}

export async function deleteKey(user: UserName, id: string): Promise<void> {
  await iam.send(new DeleteAccessKeyCommand({ UserName: user, AccessKeyId: id }));
}
