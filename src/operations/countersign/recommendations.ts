import type { Recommendation } from "#model/countersign/types.ts";
import type { Reader } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { Call } from "../call.ts";
import { rootUser } from "../users.ts";

export async function rootRecommendations(store: Reader, call: Call): Promise<readonly Recommendation[]> {
  const root = await rootUser(store, call);
  if (root === undefined) return [];
  const MayAct = call.caller.kind === "root";
  return [
    { Id: "root-mfa", Severity: "error", Done: root.mfaCount > 0, MayAct },
    { Id: "root-access-keys", Severity: "warning", Done: root.accessKeyCount === 0, MayAct },
  ];
}

export async function ownRecommendations(
  store: Reader,
  { caller }: Call,
): Promise<readonly Recommendation[]> {
  if (caller.kind !== "user" && caller.kind !== "root") return [];
  const user = await store.users.byId(caller.accountId, caller.principalId);
  return user === undefined ? [] : [...ownDevice(user, caller.kind), ...backupDevice(user)];
}

/** Root's own first device is the account's concern already. */
const ownDevice = ({ mfaCount }: UserRow, kind: "root" | "user"): readonly Recommendation[] =>
  kind === "root" ? [] : [{ Id: "own-mfa", Severity: "warning", Done: mfaCount > 0, MayAct: true }];

/** The first device comes first. */
const backupDevice = ({ mfaCount }: UserRow): readonly Recommendation[] =>
  mfaCount === 0 ? [] : [{ Id: "own-backup-device", Severity: "info", Done: mfaCount > 1, MayAct: true }];

const SEVERITIES: readonly Recommendation["Severity"][] = ["error", "warning", "info"];

export const worstFirst = (all: readonly Recommendation[]): readonly Recommendation[] =>
  SEVERITIES.flatMap((severity) => all.filter(({ Severity }) => Severity === severity));
