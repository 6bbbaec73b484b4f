import type { EpochMs } from "#base/clock.ts";
import type {
  AccessKeyId,
  AccountId,
  Arn,
  PolicyId,
  PrincipalId,
  SeedId,
  SerialNumber,
  UserName,
} from "#identity/ids.ts";
import type { MfaMethod } from "#mfa/proof.ts";
import type { AccessKeyStatus } from "#ports/access-keys.ts";
import type { NoticeKind } from "#ports/notices.ts";
import type { SignInMethod } from "#ports/sign-in-days.ts";
import type { SignInRow } from "#ports/signins.ts";
import type { Enrolment } from "#signin/steps.ts";

/** 0 or 1: the portable boolean (DESIGN 5). */
export type Bit = 0 | 1;
/** JSON as text. */
export type Json = string;

/** The tables as they are after the last migration, for the query builder. `…_folded` is the lower-case form of a name. */
export interface Db {
  readonly schema_version: { id: number; version: number };
  readonly accounts: {
    account_id: AccountId;
    alias: string | null;
    root_email: string;
    root_email_folded: string;
    created_at: EpochMs;
    user_count: number;
    group_count: number;
    role_count: number;
    policy_count: number;
    virtual_mfa_count: number;
    mfa_in_use_count: number;
    sessions_not_before: EpochMs;
    revision: number;
  };
  readonly users: {
    account_id: AccountId;
    user_id: PrincipalId;
    user_name: UserName;
    user_name_folded: string;
    path: string;
    created_at: EpochMs;
    password_last_used: EpochMs | null;
    tags: Json;
    mfa_count: number;
    access_key_count: number;
    policy_count: number;
    group_count: number;
    inline_count: number;
    inline_size: number;
    boundary_arn: Arn | null;
    has_login_profile: Bit;
    sessions_not_before: EpochMs;
    active_key_count: number;
    oldest_active_key_at: EpochMs | null;
  };
  readonly access_keys: {
    access_key_id: AccessKeyId;
    account_id: AccountId;
    user_id: PrincipalId;
    sealed_secret: Uint8Array;
    status: AccessKeyStatus;
    created_at: EpochMs;
    last_used_at: EpochMs | null;
    last_used_service: string | null;
    last_used_region: string | null;
  };
  readonly login_profiles: {
    account_id: AccountId;
    user_id: PrincipalId;
    password_hash: string;
    created_at: EpochMs;
    changed_at: EpochMs;
    reset_required: Bit;
    earlier_hashes: Json;
  };
  readonly password_policies: {
    account_id: AccountId;
    minimum_password_length: number;
    require_symbols: Bit;
    require_numbers: Bit;
    require_uppercase_characters: Bit;
    require_lowercase_characters: Bit;
    allow_users_to_change_password: Bit;
    max_password_age: number;
    password_reuse_prevention: number;
    hard_expiry: Bit;
  };
  readonly groups: {
    account_id: AccountId;
    group_id: PrincipalId;
    group_name: string;
    group_name_folded: string;
    path: string;
    created_at: EpochMs;
    member_count: number;
    policy_count: number;
    inline_count: number;
    inline_size: number;
  };
  readonly group_members: {
    account_id: AccountId;
    group_id: PrincipalId;
    user_id: PrincipalId;
    added_at: EpochMs;
  };
  readonly roles: {
    account_id: AccountId;
    role_id: PrincipalId;
    role_name: string;
    role_name_folded: string;
    path: string;
    created_at: EpochMs;
    description: string | null;
    max_session_seconds: number;
    trust_document: string;
    trust_bindings: Json;
    boundary_arn: Arn | null;
    tags: Json;
    policy_count: number;
    inline_count: number;
    inline_size: number;
    sessions_not_before: EpochMs;
    last_used_at: EpochMs | null;
    last_used_region: string | null;
  };
  readonly policies: {
    account_id: AccountId;
    policy_id: PolicyId;
    policy_name: string;
    policy_name_folded: string;
    path: string;
    arn: Arn;
    description: string | null;
    default_version: number;
    next_version: number;
    version_count: number;
    attachment_count: number;
    boundary_count: number;
    created_at: EpochMs;
    updated_at: EpochMs;
    tags: Json;
  };
  readonly policy_versions: {
    account_id: AccountId;
    policy_id: PolicyId;
    version: number;
    document: string;
    created_at: EpochMs;
  };
  /** `user_id` is the unique id of a user, group or role: there were only users when it got its name. */
  readonly attached_policies: {
    account_id: AccountId;
    user_id: PrincipalId;
    policy_arn: Arn;
    attached_at: EpochMs;
  };
  readonly inline_policies: {
    account_id: AccountId;
    /** Of a user, group or role. */
    principal_id: PrincipalId;
    policy_name: string;
    document: string;
    size: number;
    created_at: EpochMs;
  };
  readonly mfa_seeds: {
    account_id: AccountId;
    seed_id: SeedId;
    sealed_seed: Uint8Array;
    drift: number;
    floor_step: number;
    last_pair_step: number;
    highest_claim: number;
    lean: number;
    lean_at: EpochMs;
  };
  readonly mfa_devices: {
    account_id: AccountId;
    serial_number: SerialNumber;
    serial_folded: string;
    path: string;
    name: string;
    seed_id: SeedId;
    created_at: EpochMs;
    created_by: PrincipalId;
    tags: Json;
    owner_id: PrincipalId | null;
    enabled_at: EpochMs | null;
    enrol_until: EpochMs | null;
    enrolment_id: string | null;
  };
  readonly mfa_claims: { account_id: AccountId; seed_id: SeedId; step: number };
  readonly mfa_budgets: {
    account_id: AccountId;
    subject: string;
    check_window: number;
    checks: number;
    pair_window: number;
    pair_failures: number;
    pair_hour: number;
    pair_hour_failures: number;
    run: number;
    wait_until: EpochMs;
    locked: Bit;
  };
  readonly console_sessions: {
    account_id: AccountId;
    token_hash: string;
    session_id: string;
    user_id: PrincipalId;
    access_key_id: AccessKeyId;
    signed_in_at: EpochMs;
    issued_at: EpochMs;
    last_seen_at: EpochMs;
    expires_at: EpochMs;
    mfa_at: EpochMs | null;
    mfa_method: MfaMethod | null;
    mfa_serial: SerialNumber | null;
    enrolment: Enrolment;
    source_ip: string;
    user_agent: string;
  };
  readonly signins: {
    account_id: AccountId;
    token_hash: string;
    user_id: PrincipalId;
    step: SignInRow["step"];
    password_changed_at: EpochMs;
    mfa_at: EpochMs | null;
    mfa_method: MfaMethod | null;
    mfa_serial: SerialNumber | null;
    created_at: EpochMs;
    expires_at: EpochMs;
    failures: number;
  };
  readonly signin_throttles: {
    account_id: AccountId;
    subject: string;
    failures: number;
    failed_at: EpochMs;
    wait_until: EpochMs;
    untold: number;
    told_at: EpochMs;
    expires_at: EpochMs;
  };
  readonly browsers: {
    account_id: AccountId;
    user_id: PrincipalId;
    token_hash: string;
    used_at: EpochMs;
    expires_at: EpochMs;
  };
  /** One row at most. */
  readonly setup_links: { id: number; token_hash: string; expires_at: EpochMs };
  readonly mfa_reminders: { account_id: AccountId; first_at: EpochMs; last_at: EpochMs };
  /** Of a user, or under the account's own id its security contact. */
  readonly contacts: {
    account_id: AccountId;
    principal_id: PrincipalId;
    confirmed: string | null;
    pending: string | null;
    changed_at: EpochMs;
  };
  readonly contact_confirmations: {
    account_id: AccountId;
    principal_id: PrincipalId;
    token_hash: string;
    address: string;
    expires_at: EpochMs;
  };
  /** One that is to be mailed has a next try. */
  readonly notices: {
    account_id: AccountId;
    notice_id: string;
    about: PrincipalId;
    user_name: string | null;
    kind: NoticeKind;
    noticed_at: EpochMs;
    details: Json;
    address: string | null;
    sealed_token: Uint8Array | null;
    tries: number;
    next_try_at: EpochMs | null;
    mailed_at: EpochMs | null;
    waits_owner: Bit;
    waits_account: Bit;
    expires_at: EpochMs;
  };
  readonly events: {
    account_id: AccountId;
    event_time: EpochMs;
    event_id: string;
    event_source: string;
    event_name: string;
    read_only: Bit;
    user_name: string | null;
    access_key_id: string | null;
    error_code: string | null;
    principal_id: string | null;
    record: Json;
    decision: Json;
  };
  /** Sign-ins of a day, counted from 1970, by the factor's method; of none; and those that failed. */
  readonly sign_in_days: {
    account_id: AccountId;
    day: number;
    method: SignInMethod;
    sign_ins: number;
    expires_at: EpochMs;
  };
  /** One row: the highest moment seen, and the last that an operator accepted (DESIGN 3.8). */
  readonly clock: { id: number; highest: EpochMs; accepted: EpochMs };
  /** The root keys that this database was sealed under: their ids and check values, never the keys (DESIGN 3.7). */
  readonly root_keys: { key_id: string; check_value: Uint8Array; state: RootKeyState; since: EpochMs };
}

/** `active` seals and opens, `opening` only opens. At most one row is active. */
export type RootKeyState = "active" | "opening";
