import type { Db } from "./schema.ts";

/** How a column's values look in every database; a `?` may be null. */
export type ColumnKind = "text" | "int" | "bytes" | "text?" | "int?";

export interface TableShape<Row> {
  readonly columns: { readonly [Column in keyof Row]: ColumnKind };
  /** The primary key: what pages are ordered by. */
  readonly key: readonly (keyof Row & string)[];
}

/**
 * What a backup does not carry: sessions, sign-ins and links of another moment, and the failures of theirs, are not restored. Nor
 * are notices: they were mailed or read since, and those that confirm an address hold a sealed token. Such a token is not sealed
 * anew with the other secrets either: it lives for a day, and whoever misses its mail puts his address again.
 */
type Passing =
  | "console_sessions"
  | "signins"
  | "signin_throttles"
  | "setup_links"
  | "contact_confirmations"
  | "notices";

export type DataTable = Exclude<keyof Db, "schema_version" | Passing>;

type Tables = { readonly [Table in DataTable]: TableShape<Db[Table]> };

/** Every table that a backup carries, in an order in which rows may be put back: a row's parents come before it. */
export const TABLES: Tables = {
  clock: { key: ["id"], columns: { id: "int", highest: "int", accepted: "int" } },
  root_keys: {
    key: ["key_id"],
    columns: { key_id: "text", check_value: "bytes", state: "text", since: "int" },
  },
  accounts: {
    key: ["account_id"],
    columns: {
      account_id: "text",
      alias: "text?",
      root_email: "text",
      root_email_folded: "text",
      created_at: "int",
      user_count: "int",
      group_count: "int",
      role_count: "int",
      policy_count: "int",
      virtual_mfa_count: "int",
      mfa_in_use_count: "int",
      sessions_not_before: "int",
      revision: "int",
    },
  },
  password_policies: {
    key: ["account_id"],
    columns: {
      account_id: "text",
      minimum_password_length: "int",
      require_symbols: "int",
      require_numbers: "int",
      require_uppercase_characters: "int",
      require_lowercase_characters: "int",
      allow_users_to_change_password: "int",
      max_password_age: "int",
      password_reuse_prevention: "int",
      hard_expiry: "int",
    },
  },
  users: {
    key: ["account_id", "user_id"],
    columns: {
      account_id: "text",
      user_id: "text",
      user_name: "text",
      user_name_folded: "text",
      path: "text",
      created_at: "int",
      password_last_used: "int?",
      tags: "text",
      mfa_count: "int",
      access_key_count: "int",
      policy_count: "int",
      group_count: "int",
      inline_count: "int",
      inline_size: "int",
      boundary_arn: "text?",
      has_login_profile: "int",
      sessions_not_before: "int",
      active_key_count: "int",
      oldest_active_key_at: "int?",
    },
  },
  access_keys: {
    key: ["access_key_id"],
    columns: {
      access_key_id: "text",
      account_id: "text",
      user_id: "text",
      sealed_secret: "bytes",
      status: "text",
      created_at: "int",
      last_used_at: "int?",
      last_used_service: "text?",
      last_used_region: "text?",
    },
  },
  login_profiles: {
    key: ["account_id", "user_id"],
    columns: {
      account_id: "text",
      user_id: "text",
      password_hash: "text",
      created_at: "int",
      changed_at: "int",
      reset_required: "int",
      earlier_hashes: "text",
    },
  },
  groups: {
    key: ["account_id", "group_id"],
    columns: {
      account_id: "text",
      group_id: "text",
      group_name: "text",
      group_name_folded: "text",
      path: "text",
      created_at: "int",
      member_count: "int",
      policy_count: "int",
      inline_count: "int",
      inline_size: "int",
    },
  },
  group_members: {
    key: ["account_id", "group_id", "user_id"],
    columns: { account_id: "text", group_id: "text", user_id: "text", added_at: "int" },
  },
  roles: {
    key: ["account_id", "role_id"],
    columns: {
      account_id: "text",
      role_id: "text",
      role_name: "text",
      role_name_folded: "text",
      path: "text",
      created_at: "int",
      description: "text?",
      max_session_seconds: "int",
      trust_document: "text",
      trust_bindings: "text",
      boundary_arn: "text?",
      tags: "text",
      policy_count: "int",
      inline_count: "int",
      inline_size: "int",
      sessions_not_before: "int",
      last_used_at: "int?",
      last_used_region: "text?",
    },
  },
  policies: {
    key: ["account_id", "policy_id"],
    columns: {
      account_id: "text",
      policy_id: "text",
      policy_name: "text",
      policy_name_folded: "text",
      path: "text",
      arn: "text",
      description: "text?",
      default_version: "int",
      next_version: "int",
      version_count: "int",
      attachment_count: "int",
      boundary_count: "int",
      created_at: "int",
      updated_at: "int",
      tags: "text",
    },
  },
  policy_versions: {
    key: ["account_id", "policy_id", "version"],
    columns: {
      account_id: "text",
      policy_id: "text",
      version: "int",
      document: "text",
      created_at: "int",
    },
  },
  inline_policies: {
    key: ["account_id", "principal_id", "policy_name"],
    columns: {
      account_id: "text",
      principal_id: "text",
      policy_name: "text",
      document: "text",
      size: "int",
      created_at: "int",
    },
  },
  attached_policies: {
    key: ["account_id", "user_id", "policy_arn"],
    columns: { account_id: "text", user_id: "text", policy_arn: "text", attached_at: "int" },
  },
  mfa_seeds: {
    key: ["account_id", "seed_id"],
    columns: {
      account_id: "text",
      seed_id: "text",
      sealed_seed: "bytes",
      drift: "int",
      floor_step: "int",
      last_pair_step: "int",
      highest_claim: "int",
      lean: "int",
      lean_at: "int",
    },
  },
  mfa_devices: {
    key: ["account_id", "serial_folded"],
    columns: {
      account_id: "text",
      serial_number: "text",
      serial_folded: "text",
      path: "text",
      name: "text",
      seed_id: "text",
      created_at: "int",
      created_by: "text",
      tags: "text",
      owner_id: "text?",
      enabled_at: "int?",
      enrol_until: "int?",
      enrolment_id: "text?",
    },
  },
  mfa_claims: {
    key: ["account_id", "seed_id", "step"],
    columns: { account_id: "text", seed_id: "text", step: "int" },
  },
  mfa_budgets: {
    key: ["account_id", "subject"],
    columns: {
      account_id: "text",
      subject: "text",
      check_window: "int",
      checks: "int",
      pair_window: "int",
      pair_failures: "int",
      pair_hour: "int",
      pair_hour_failures: "int",
      run: "int",
      wait_until: "int",
      locked: "int",
    },
  },
  browsers: {
    key: ["account_id", "user_id", "token_hash"],
    columns: {
      account_id: "text",
      user_id: "text",
      token_hash: "text",
      used_at: "int",
      expires_at: "int",
    },
  },
  mfa_reminders: {
    key: ["account_id"],
    columns: { account_id: "text", first_at: "int", last_at: "int" },
  },
  sign_in_days: {
    key: ["account_id", "day", "method"],
    columns: { account_id: "text", day: "int", method: "text", sign_ins: "int", expires_at: "int" },
  },
  contacts: {
    key: ["account_id", "principal_id"],
    columns: {
      account_id: "text",
      principal_id: "text",
      confirmed: "text?",
      pending: "text?",
      changed_at: "int",
    },
  },
  events: {
    key: ["account_id", "event_time", "event_id"],
    columns: {
      account_id: "text",
      event_time: "int",
      event_id: "text",
      event_source: "text",
      event_name: "text",
      read_only: "int",
      user_name: "text?",
      access_key_id: "text?",
      error_code: "text?",
      principal_id: "text?",
      record: "text",
      decision: "text",
    },
  },
};

/** The tables' names in that order. */
// The literal above has these keys and no others.
export const TABLE_NAMES = Object.keys(TABLES) as readonly DataTable[];
