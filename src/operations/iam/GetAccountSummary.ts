import type { GetAccountSummaryCommandInput, GetAccountSummaryCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { AccountRow } from "#ports/accounts.ts";
import type { LoginProfileRow } from "#ports/passwords.ts";
import type { Quotas } from "#ports/quotas.ts";
import type { Reader } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
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
  Groups: account.groupCount,
  Roles: account.roleCount,
  Policies: account.policyCount,
  MFADevices: account.virtualMfaCount,
  MFADevicesInUse: account.mfaInUseCount,
  AccountMFAEnabled: flag(root.mfaCount > 0),
  AccountAccessKeysPresent: flag(root.accessKeyCount > 0),
  AccountPasswordPresent: flag(rootProfile !== undefined),
  PolicyVersionsInUse: policiesInUse,
});

const quotas = (set: Quotas) => ({
  UsersQuota: set.users,
  GroupsQuota: set.groups,
  RolesQuota: set.roles,
  PoliciesQuota: set.policies,
  AccessKeysPerUserQuota: set.accessKeysPerUser,
  GroupsPerUserQuota: set.groupsPerUser,
  AttachedPoliciesPerUserQuota: set.attachedPoliciesPerUser,
  AttachedPoliciesPerGroupQuota: set.attachedPoliciesPerGroup,
  AttachedPoliciesPerRoleQuota: set.attachedPoliciesPerRole,
  VersionsPerPolicyQuota: set.versionsPerPolicy,
  PolicySizeQuota: set.policySize,
  UserPolicySizeQuota: set.inlineSizePerUser,
  GroupPolicySizeQuota: set.inlineSizePerGroup,
  RolePolicySizeQuota: set.inlineSizePerRole,
  AssumeRolePolicySizeQuota: set.trustPolicySize,
});

/** Kinds of things that no account has yet. */
const NOT_THERE_YET = Object.freeze({
  ServerCertificates: 0,
  InstanceProfiles: 0,
  Providers: 0,
  AccountSigningCertificatesPresent: 0,
});

/** Contract 1.6: of things that no account has yet, and of what has no limit here. */
const FIXED_QUOTAS = Object.freeze({
  PolicyVersionsInUseQuota: 10_000,
  SigningCertificatesPerUserQuota: 2,
  ServerCertificatesQuota: 20,
  InstanceProfilesQuota: 1000,
  GlobalEndpointTokenVersion: 1,
});
