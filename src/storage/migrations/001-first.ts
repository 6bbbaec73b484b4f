import { type Kysely, sql } from "kysely";
import type { ColumnTypes } from "../engine.ts";

/**
 * The account leads every key and index, except where uniqueness is deployment-wide: alias, root e-mail, access key id.
 * Counters never go below zero: a decrement too many is a bug and throws.
 */
export async function first(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  for (const statement of statements(types)) await sql.raw(statement).execute(db);
}

const statements = ({ text, int, bytes, tableSuffix: suffix }: ColumnTypes): readonly string[] => [
  `create table accounts (
    account_id ${text} not null primary key,
    alias ${text} unique,
    root_email ${text} not null,
    root_email_folded ${text} not null unique,
    created_at ${int} not null,
    user_count ${int} not null check (user_count >= 0),
    virtual_mfa_count ${int} not null check (virtual_mfa_count >= 0),
    mfa_in_use_count ${int} not null check (mfa_in_use_count >= 0),
    sessions_not_before ${int} not null,
    revision ${int} not null
  )${suffix}`,
  `create table users (
    account_id ${text} not null references accounts (account_id),
    user_id ${text} not null,
    user_name ${text} not null,
    user_name_folded ${text} not null,
    path ${text} not null,
    created_at ${int} not null,
    password_last_used ${int},
    tags ${text} not null,
    mfa_count ${int} not null check (mfa_count >= 0),
    access_key_count ${int} not null check (access_key_count >= 0),
    policy_count ${int} not null check (policy_count >= 0),
    has_login_profile ${int} not null check (has_login_profile in (0, 1)),
    sessions_not_before ${int} not null,
    primary key (account_id, user_id),
    unique (account_id, user_name_folded)
  )${suffix}`,
  `create table access_keys (
    access_key_id ${text} not null primary key,
    account_id ${text} not null,
    user_id ${text} not null,
    sealed_secret ${bytes} not null,
    status ${text} not null check (status in ('Active', 'Inactive')),
    created_at ${int} not null,
    last_used_at ${int},
    last_used_service ${text},
    last_used_region ${text},
    foreign key (account_id, user_id) references users (account_id, user_id)
  )${suffix}`,
  "create index access_keys_of_user on access_keys (account_id, user_id, created_at, access_key_id)",
  `create table login_profiles (
    account_id ${text} not null,
    user_id ${text} not null,
    password_hash ${text} not null,
    created_at ${int} not null,
    changed_at ${int} not null,
    reset_required ${int} not null check (reset_required in (0, 1)),
    earlier_hashes ${text} not null,
    primary key (account_id, user_id),
    foreign key (account_id, user_id) references users (account_id, user_id)
  )${suffix}`,
  `create table password_policies (
    account_id ${text} not null primary key references accounts (account_id),
    minimum_password_length ${int} not null,
    require_symbols ${int} not null,
    require_numbers ${int} not null,
    require_uppercase_characters ${int} not null,
    require_lowercase_characters ${int} not null,
    allow_users_to_change_password ${int} not null,
    max_password_age ${int} not null,
    password_reuse_prevention ${int} not null,
    hard_expiry ${int} not null
  )${suffix}`,
  `create table attached_policies (
    account_id ${text} not null,
    user_id ${text} not null,
    policy_arn ${text} not null,
    attached_at ${int} not null,
    primary key (account_id, user_id, policy_arn),
    foreign key (account_id, user_id) references users (account_id, user_id)
  )${suffix}`,
  "create index attached_policies_in_use on attached_policies (account_id, policy_arn)",
  `create table mfa_seeds (
    account_id ${text} not null references accounts (account_id),
    seed_id ${text} not null,
    sealed_seed ${bytes} not null,
    drift ${int} not null,
    floor_step ${int} not null,
    last_pair_step ${int} not null,
    highest_claim ${int} not null,
    lean ${int} not null,
    lean_at ${int} not null,
    primary key (account_id, seed_id)
  )${suffix}`,
  // An active device has an owner and an enable date, always (DESIGN 3.2).
  `create table mfa_devices (
    account_id ${text} not null,
    serial_number ${text} not null,
    serial_folded ${text} not null,
    path ${text} not null,
    name ${text} not null,
    seed_id ${text} not null,
    created_at ${int} not null,
    created_by ${text} not null,
    tags ${text} not null,
    owner_id ${text},
    enabled_at ${int},
    primary key (account_id, serial_folded),
    unique (account_id, seed_id),
    foreign key (account_id, seed_id) references mfa_seeds (account_id, seed_id),
    foreign key (account_id, owner_id) references users (account_id, user_id),
    check ((owner_id is null) = (enabled_at is null))
  )${suffix}`,
  "create index mfa_devices_of_owner on mfa_devices (account_id, owner_id, enabled_at, serial_number)",
  "create index mfa_devices_by_creator on mfa_devices (account_id, created_by, owner_id)",
  `create table mfa_claims (
    account_id ${text} not null,
    seed_id ${text} not null,
    step ${int} not null,
    primary key (account_id, seed_id, step)
  )${suffix}`,
  `create table mfa_budgets (
    account_id ${text} not null,
    subject ${text} not null,
    check_window ${int} not null,
    checks ${int} not null,
    pair_window ${int} not null,
    pair_failures ${int} not null,
    pair_hour ${int} not null,
    pair_hour_failures ${int} not null,
    run ${int} not null,
    wait_until ${int} not null,
    locked ${int} not null check (locked in (0, 1)),
    primary key (account_id, subject)
  )${suffix}`,
  `create table events (
    account_id ${text} not null,
    event_time ${int} not null,
    event_id ${text} not null,
    event_source ${text} not null,
    event_name ${text} not null,
    read_only ${int} not null check (read_only in (0, 1)),
    user_name ${text},
    access_key_id ${text},
    error_code ${text},
    record ${text} not null,
    decision ${text} not null,
    primary key (account_id, event_time, event_id)
  )${suffix}`,
  `create table clock (
    id ${int} not null primary key check (id = 1),
    highest ${int} not null,
    accepted ${int} not null
  )${suffix}`,
  "insert into clock (id, highest, accepted) values (1, 0, 0)",
  `create table root_keys (
    key_id ${text} not null primary key,
    check_value ${bytes} not null,
    state ${text} not null check (state in ('active', 'opening')),
    since ${int} not null
  )${suffix}`,
  "create unique index root_keys_one_active on root_keys (state) where state = 'active'",
];
