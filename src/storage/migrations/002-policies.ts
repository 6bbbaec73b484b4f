import { type Kysely, sql } from "kysely";
import type { ColumnTypes } from "../engine.ts";

/**
 * Groups, roles, customer managed and inline policies, boundaries. Managed policies are attached to groups and roles as well:
 * `attached_policies` loses its reference to users. SQLite cannot drop a constraint, so the table is made anew, under its own name
 * and with its own columns: code of the version before runs on, and its backups can be restored. `user_id` then is the unique id
 * of a group or role too.
 */
export async function policies(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  for (const statement of statements(types)) await sql.raw(statement).execute(db);
}

const statements = (types: ColumnTypes): readonly string[] => [
  ...counters(types),
  ...groups(types),
  ...roles(types),
  ...managedPolicies(types),
  ...inlinePolicies(types),
  ...attachments(types),
];

const counters = ({ text, int }: ColumnTypes): readonly string[] => [
  ...["group_count", "role_count", "policy_count"].map((column) => newCount("accounts", column, int)),
  ...["group_count", "inline_count", "inline_size"].map((column) => newCount("users", column, int)),
  `alter table users add column boundary_arn ${text}`,
  "create index users_by_boundary on users (account_id, boundary_arn, user_id) where boundary_arn is not null",
];

const newCount = (table: string, column: string, int: string): string =>
  `alter table ${table} add column ${column} ${int} not null default 0 check (${column} >= 0)`;

const groups = ({ text, int, tableSuffix: suffix }: ColumnTypes): readonly string[] => [
  `create table groups (
    account_id ${text} not null references accounts (account_id),
    group_id ${text} not null,
    group_name ${text} not null,
    group_name_folded ${text} not null,
    path ${text} not null,
    created_at ${int} not null,
    member_count ${int} not null check (member_count >= 0),
    policy_count ${int} not null check (policy_count >= 0),
    inline_count ${int} not null check (inline_count >= 0),
    inline_size ${int} not null check (inline_size >= 0),
    primary key (account_id, group_id),
    unique (account_id, group_name_folded)
  )${suffix}`,
  `create table group_members (
    account_id ${text} not null,
    group_id ${text} not null,
    user_id ${text} not null,
    added_at ${int} not null,
    primary key (account_id, group_id, user_id),
    foreign key (account_id, group_id) references groups (account_id, group_id),
    foreign key (account_id, user_id) references users (account_id, user_id)
  )${suffix}`,
  "create index group_members_of_user on group_members (account_id, user_id, group_id)",
];

const roles = ({ text, int, tableSuffix: suffix }: ColumnTypes): readonly string[] => [
  `create table roles (
    account_id ${text} not null references accounts (account_id),
    role_id ${text} not null,
    role_name ${text} not null,
    role_name_folded ${text} not null,
    path ${text} not null,
    created_at ${int} not null,
    description ${text},
    max_session_seconds ${int} not null,
    trust_document ${text} not null,
    trust_bindings ${text} not null,
    boundary_arn ${text},
    tags ${text} not null,
    policy_count ${int} not null check (policy_count >= 0),
    inline_count ${int} not null check (inline_count >= 0),
    inline_size ${int} not null check (inline_size >= 0),
    sessions_not_before ${int} not null,
    last_used_at ${int},
    last_used_region ${text},
    primary key (account_id, role_id),
    unique (account_id, role_name_folded)
  )${suffix}`,
  "create index roles_by_boundary on roles (account_id, boundary_arn, role_id) where boundary_arn is not null",
];

const managedPolicies = ({ text, int, tableSuffix: suffix }: ColumnTypes): readonly string[] => [
  `create table policies (
    account_id ${text} not null references accounts (account_id),
    policy_id ${text} not null,
    policy_name ${text} not null,
    policy_name_folded ${text} not null,
    path ${text} not null,
    arn ${text} not null,
    description ${text},
    default_version ${int} not null,
    next_version ${int} not null,
    version_count ${int} not null check (version_count > 0),
    attachment_count ${int} not null check (attachment_count >= 0),
    boundary_count ${int} not null check (boundary_count >= 0),
    created_at ${int} not null,
    updated_at ${int} not null,
    tags ${text} not null,
    primary key (account_id, policy_id),
    unique (account_id, policy_name_folded),
    unique (account_id, arn)
  )${suffix}`,
  // The last version goes with its policy, so that deleting a policy is one conditional write.
  `create table policy_versions (
    account_id ${text} not null,
    policy_id ${text} not null,
    version ${int} not null,
    document ${text} not null,
    created_at ${int} not null,
    primary key (account_id, policy_id, version),
    foreign key (account_id, policy_id) references policies (account_id, policy_id) on delete cascade
  )${suffix}`,
];

const inlinePolicies = ({ text, int, tableSuffix: suffix }: ColumnTypes): readonly string[] => [
  `create table inline_policies (
    account_id ${text} not null references accounts (account_id),
    principal_id ${text} not null,
    policy_name ${text} not null,
    document ${text} not null,
    size ${int} not null check (size >= 0),
    created_at ${int} not null,
    primary key (account_id, principal_id, policy_name)
  )${suffix}`,
];

const attachments = ({ text, int, tableSuffix: suffix }: ColumnTypes): readonly string[] => [
  `create table attachments (
    account_id ${text} not null references accounts (account_id),
    user_id ${text} not null,
    policy_arn ${text} not null,
    attached_at ${int} not null,
    primary key (account_id, user_id, policy_arn)
  )${suffix}`,
  `insert into attachments (account_id, user_id, policy_arn, attached_at)
    select account_id, user_id, policy_arn, attached_at from attached_policies`,
  "drop table attached_policies",
  "alter table attachments rename to attached_policies",
  "create index attached_policies_in_use on attached_policies (account_id, policy_arn, user_id)",
];
