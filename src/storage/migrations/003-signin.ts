import { type Kysely, sql } from "kysely";
import type { ColumnTypes } from "../engine.ts";

/**
 * Signing in. Throttles have no reference to accounts: where an attempt comes from concerns no single one, and an attempt at
 * an account that is not there is counted as well.
 */
export async function signIn(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  for (const statement of statements(types)) await sql.raw(statement).execute(db);
}

const statements = (types: ColumnTypes): readonly string[] => [
  ...sessions(types),
  ...halfWay(types),
  ...throttles(types),
  ...browsers(types),
  ...small(types),
];

/** All or none of the columns: a proof is whole. */
const proof = ({ text, int }: ColumnTypes): string => `
    mfa_at ${int},
    mfa_method ${text},
    mfa_serial ${text},
    check ((mfa_at is null) = (mfa_method is null) and (mfa_at is null) = (mfa_serial is null))`;

const ofUser = "foreign key (account_id, user_id) references users (account_id, user_id) on delete cascade";

function sessions(types: ColumnTypes): readonly string[] {
  const { text, int, tableSuffix: suffix } = types;
  return [
    `create table console_sessions (
    account_id ${text} not null,
    token_hash ${text} not null,
    session_id ${text} not null,
    user_id ${text} not null,
    access_key_id ${text} not null,
    signed_in_at ${int} not null,
    issued_at ${int} not null,
    last_seen_at ${int} not null,
    expires_at ${int} not null,
    enrolment ${text} not null check (enrolment in ('none', 'offered', 'required')),
    source_ip ${text} not null,
    user_agent ${text} not null,${proof(types)},
    primary key (account_id, token_hash),
    unique (account_id, user_id, session_id),
    ${ofUser}
  )${suffix}`,
    "create index console_sessions_over on console_sessions (expires_at)",
  ];
}

function halfWay(types: ColumnTypes): readonly string[] {
  const { text, int, tableSuffix: suffix } = types;
  return [
    `create table signins (
    account_id ${text} not null,
    token_hash ${text} not null,
    user_id ${text} not null,
    step ${text} not null check (step in ('factor', 'change-password')),
    password_changed_at ${int} not null,
    created_at ${int} not null,
    expires_at ${int} not null,
    failures ${int} not null,${proof(types)},
    primary key (account_id, token_hash),
    ${ofUser}
  )${suffix}`,
    "create index signins_over on signins (expires_at)",
  ];
}

const throttles = ({ text, int, tableSuffix: suffix }: ColumnTypes): readonly string[] => [
  `create table signin_throttles (
    account_id ${text} not null,
    subject ${text} not null,
    failures ${int} not null,
    failed_at ${int} not null,
    wait_until ${int} not null,
    untold ${int} not null,
    told_at ${int} not null,
    expires_at ${int} not null,
    primary key (account_id, subject)
  )${suffix}`,
  "create index signin_throttles_over on signin_throttles (expires_at)",
];

const browsers = ({ text, int, tableSuffix: suffix }: ColumnTypes): readonly string[] => [
  `create table browsers (
    account_id ${text} not null,
    user_id ${text} not null,
    token_hash ${text} not null,
    used_at ${int} not null,
    expires_at ${int} not null,
    primary key (account_id, user_id, token_hash),
    ${ofUser}
  )${suffix}`,
  "create index browsers_by_token on browsers (token_hash)",
  "create index browsers_over on browsers (expires_at)",
];

const small = ({ text, int, tableSuffix: suffix }: ColumnTypes): readonly string[] => [
  `create table setup_links (
    id ${int} not null primary key check (id = 1),
    token_hash ${text} not null,
    expires_at ${int} not null
  )${suffix}`,
  `create table mfa_reminders (
    account_id ${text} not null primary key references accounts (account_id),
    first_at ${int} not null,
    last_at ${int} not null
  )${suffix}`,
];
