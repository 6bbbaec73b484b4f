import { accept } from "#base/outcome.ts";
import type { CountersignOperations, Recommendation } from "#model/countersign/types.ts";
import type { Reader, UserRow } from "#ports/store.ts";
import type { Call } from "../call.ts";
import { mayAlso } from "../decide.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";
import { rootUser } from "../users.ts";

type Shape = CountersignOperations["GetDashboard"];

/**
 * What the caller can do for the account's safety, worst first. What concerns himself needs no permission; root's state and the
 * counts are shown to who may read the account's summary.
 */
export const GetDashboard: ReadOperation<Shape["input"], Shape["output"]> = {
  kind: "read",
  service: "countersign",
  name: "GetDashboard",
  action: "countersign:GetDashboard",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  async run(store, call) {
    const own = await ownRecommendations(store, call);
    if (!mayAlso(call, "iam:GetAccountSummary", "*")) return accept({ Recommendations: own });
    const about = { ...(await countsOf(store, call)) };
    return accept({
      Recommendations: worstFirst([...(await rootRecommendations(store, call)), ...own]),
      ...about,
    });
  },
};

async function countsOf(store: Reader, { caller: { accountId } }: Call) {
  const [account, withMfa] = await Promise.all([
    store.accounts.load(accountId),
    store.users.countWithMfa(accountId),
  ]);
  return { Users: account?.userCount ?? 0, UsersWithMfa: withMfa };
}

async function rootRecommendations(store: Reader, call: Call): Promise<readonly Recommendation[]> {
  const root = await rootUser(store, call);
  if (root === undefined) return [];
  const MayAct = call.caller.kind === "root";
  return [
    { Id: "root-mfa", Severity: "error", Done: root.mfaCount > 0, MayAct },
    { Id: "root-access-keys", Severity: "warning", Done: root.accessKeyCount === 0, MayAct },
  ];
}

async function ownRecommendations(store: Reader, { caller }: Call): Promise<readonly Recommendation[]> {
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

const worstFirst = (all: readonly Recommendation[]): readonly Recommendation[] =>
  SEVERITIES.flatMap((severity) => all.filter(({ Severity }) => Severity === severity));
