import type { GetAccountSummaryCommandInput, GetAccountSummaryCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { Quotas } from "#ports/quotas.ts";
import type { AccountRow, LoginProfileRow, Reader, UserRow } from "#ports/store.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";
import { rootUser } from "../users.ts";

type Output = Omit<GetAccountSummaryCommandOutput, "$metadata">;

export const GetAccountSummary: ReadOperation<GetAccountSummaryCommandInput, Output> = {
  kind: "read",
  service: "iam",
  name: "GetAccountSummary",
  action: "iam:GetAccountSummary",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  async run(store, call) {
    const root = await rootUser(store, call);
    const account = await store.accounts.load(call.caller.accountId);
    if (account === undefined || root === undefined) return refuse(serviceError("InternalFailure", ""));
    const facts = { account, root, ...(await factsOf(store, account, root)) };
    return accept({
      SummaryMap: { ...NOT_THERE_YET, ...FIXED_QUOTAS, ...counts(facts), ...quotas(call.deps.quotas) },
    });
  },
};

interface Facts {
  readonly account: AccountRow;
  readonly root: UserRow;
  readonly rootProfile: LoginProfileRow | undefined;
  readonly policiesInUse: number;
}

async function factsOf(
  store: Reader,
  { accountId }: AccountRow,
  { userId }: UserRow,
): Promise<Pick<Facts, "rootProfile" | "policiesInUse">> {
  const [rootProfile, policiesInUse] = await Promise.all([
    store.loginProfiles.load(accountId, userId),
    store.accounts.countPoliciesInUse(accountId),
  ]);
  return { rootProfile, policiesInUse };
}

const flag = (present: boolean): number => (present ? 1 : 0);

/** Contract 1.6. */
const counts = ({ account, root, rootProfile, policiesInUse }: Facts) => ({
  Users: account.userCount,
  MFADevices: account.virtualMfaCount,
  MFADevicesInUse: account.mfaInUseCount,
  AccountMFAEnabled: flag(root.mfaCount > 0),
  AccountAccessKeysPresent: flag(root.accessKeyCount > 0),
  AccountPasswordPresent: flag(rootProfile !== undefined),
  PolicyVersionsInUse: policiesInUse,
});

const quotas = (set: Quotas) => ({
  UsersQuota: set.users,
  AccessKeysPerUserQuota: set.accessKeysPerUser,
  AttachedPoliciesPerUserQuota: set.attachedPoliciesPerUser,
});

/** Kinds of things that no account has yet. */
const NOT_THERE_YET = Object.freeze({
  Groups: 0,
  Roles: 0,
  Policies: 0,
  ServerCertificates: 0,
  InstanceProfiles: 0,
  Providers: 0,
  AccountSigningCertificatesPresent: 0,
});

/** Contract 1.6 and 8; 10 policies a role as recorded from AWS in 2026. */
const FIXED_QUOTAS = Object.freeze({
  GroupsQuota: 300,
  RolesQuota: 1000,
  PoliciesQuota: 1500,
  PolicySizeQuota: 6144,
  PolicyVersionsInUseQuota: 10_000,
  VersionsPerPolicyQuota: 5,
  UserPolicySizeQuota: 2048,
  GroupPolicySizeQuota: 5120,
  RolePolicySizeQuota: 10_240,
  AssumeRolePolicySizeQuota: 2048,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 10,
  GroupsPerUserQuota: 10,
  SigningCertificatesPerUserQuota: 2,
  ServerCertificatesQuota: 20,
  InstanceProfilesQuota: 1000,
  GlobalEndpointTokenVersion: 1,
});
