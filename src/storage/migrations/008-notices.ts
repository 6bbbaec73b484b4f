import { type Kysely, sql } from "kysely";
import type { ColumnTypes } from "../engine.ts";

/** Where people are told what happens to their accounts, and what they are told. */
export async function notices(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  for (const statement of [...contacts(types), ...notes(types)]) await sql.raw(statement).execute(db);
}

const contacts = ({ text, int, tableSuffix: suffix }: ColumnTypes): readonly string[] => [
  `create table contacts (
    account_id ${text} not null,
    principal_id ${text} not null,
    confirmed ${text},
    pending ${text},
    changed_at ${int} not null,
    primary key (account_id, principal_id),
    check (confirmed is not null or pending is not null),
    foreign key (account_id, principal_id) references users (account_id, user_id) on delete cascade
  )${suffix}`,
  `create table contact_confirmations (
    account_id ${text} not null,
    principal_id ${text} not null,
    token_hash ${text} not null,
    address ${text} not null,
    expires_at ${int} not null,
    primary key (account_id, principal_id),
    foreign key (account_id, principal_id) references contacts (account_id, principal_id) on delete cascade
  )${suffix}`,
  "create index contact_confirmations_over on contact_confirmations (expires_at)",
];

/** Without a reference to users: what was done to somebody before he was deleted is still to be told. */
const notes = ({ text, int, bytes, tableSuffix: suffix }: ColumnTypes): readonly string[] => [
  `create table notices (
    account_id ${text} not null references accounts (account_id),
    notice_id ${text} not null,
    about ${text} not null,
    user_name ${text},
    kind ${text} not null,
    noticed_at ${int} not null,
    details ${text} not null,
    address ${text},
    sealed_token ${bytes},
    tries ${int} not null,
    next_try_at ${int},
    mailed_at ${int},
    waits_owner ${int} not null check (waits_owner in (0, 1)),
    waits_account ${int} not null check (waits_account in (0, 1)),
    expires_at ${int} not null,
    primary key (account_id, notice_id),
    check (address is not null or next_try_at is null)
  )${suffix}`,
  "create index notices_about on notices (account_id, about, kind, noticed_at, notice_id)",
  "create index notices_waiting on notices (account_id, noticed_at, notice_id) where waits_account = 1",
  "create index notices_due on notices (next_try_at) where next_try_at is not null",
  "create index notices_mailed on notices (account_id, address, kind, mailed_at) where mailed_at is not null",
  "create index notices_over on notices (expires_at)",
];
