import { lookUp, table } from "#base/table.ts";
import type { SmtpServer } from "#outbound/smtp.ts";
import { MAIL_ADDRESS, SMTP_URL } from "./mail-types.ts";
import {
  ADDRESSES,
  type AddressList,
  COMMAND,
  choice,
  DATABASE,
  ISSUER,
  integer,
  LISTEN,
  type ListenAddress,
  ORIGIN,
  PATH,
  SECRET,
  type SettingType,
  SWITCH,
} from "./types.ts";

/** Commands that open the store, by the settings they take. */
export type SettingUser = "serve" | "operator" | "root-key";

/** All there is to know about one setting: parser, help, docs and warnings come from here. */
export interface SettingRow<Value = unknown> {
  readonly type: SettingType<NonNullable<Value>>;
  /** As it would be written; undefined where there is none. */
  readonly standard: string | undefined;
  /** What `standard` is where it has to be said in words. */
  readonly standardInWords?: string;
  readonly takenBy: readonly SettingUser[];
  readonly doc: string;
  /** A secret has no flag (command lines are seen by every process), stands in no file, and is never repeated in a sentence. */
  readonly secret?: true;
  /** The value is not repeated in a sentence: it may hold a password. */
  readonly unrepeated?: true;
  /** Said at the start of `serve`: what this value opens. */
  readonly warning?: (value: NonNullable<Value>) => string | undefined;
}

const SERVE: readonly SettingUser[] = ["serve"];
const STORE: readonly SettingUser[] = ["serve", "operator", "root-key"];

function row<Value>(facts: SettingRow<Value> & { standard: string }): SettingRow<Value> {
  return Object.freeze(facts);
}

/** A setting that may be absent. */
function optional<Value>(facts: Omit<SettingRow<Value>, "standard">): SettingRow<Value | undefined> {
  // an absent value is never handed to `warning`, so a row of Value serves where Value may be missing
  return Object.freeze({ ...facts, standard: undefined }) as SettingRow<Value | undefined>;
}

const quota = (standard: number, most: number, takenBy: readonly SettingUser[], doc: string) =>
  row<number>({ type: integer(1, most), standard: String(standard), takenBy, doc });

/** A day at most: nobody is signed in for longer. */
const minutes = (standard: number, doc: string) =>
  row<number>({ type: integer(1, 1440), standard: String(standard), takenBy: SERVE, doc });

/** What a policy document may be at all, as the model has it (contract appendix A). */
const LONGEST_DOCUMENT = 131_072;

const ROWS = {
  config: optional<string>({
    type: PATH,
    takenBy: STORE,
    doc: "file of `name = value` lines, one setting a line; flags and environment win over it",
  }),
  listen: row<ListenAddress>({
    type: LISTEN,
    standard: "127.0.0.1:8400",
    takenBy: SERVE,
    doc: "address and port to serve on",
  }),
  publicUrl: optional<string>({
    type: ORIGIN,
    standardInWords: "http://localhost:PORT",
    takenBy: SERVE,
    doc: "where people reach the server; the only source of links and origins",
    warning: (url) =>
      /^http:\/\/(?!localhost(:|$)|127\.|\[::1\])/.test(url)
        ? "`public-url` is plain http: passwords and codes cross the network unencrypted"
        : undefined,
  }),
  data: row<string>({
    type: PATH,
    standard: "./data",
    takenBy: STORE,
    doc: "folder of the embedded database and of the root key file; made on the first run",
  }),
  database: optional<string>({
    type: DATABASE,
    standardInWords: "the embedded SQLite database in the data folder",
    takenBy: STORE,
    unrepeated: true,
    doc: "PostgreSQL database to use instead of the embedded one",
  }),
  keyFile: optional<string>({
    type: PATH,
    standardInWords: "root.key in the data folder",
    takenBy: STORE,
    doc: "file of the root key, readable by owner and group at most; made on the first run",
  }),
  key: optional<string>({
    type: SECRET,
    takenBy: STORE,
    secret: true,
    doc: "the root key itself, as the key file has it: `csk1_` and 32 bytes in base64url, or its lines; only in the environment, and taken out of it once read",
  }),
  keyCommand: optional<string>({
    type: COMMAND,
    takenBy: STORE,
    doc: "shell command that prints the root key, as the key file or COUNTERSIGN_KEY has it",
  }),
  issuer: row<string>({
    type: ISSUER,
    standard: "Countersign",
    takenBy: SERVE,
    doc: "name that authenticator apps show for this server",
  }),
  trustedProxies: optional<AddressList>({
    type: ADDRESSES,
    takenBy: SERVE,
    doc: "proxies whose X-Forwarded-For and X-Forwarded-Proto are believed",
    warning: ({ entries }) =>
      entries.some((entry) => /\/0+$/.test(entry))
        ? "`trusted-proxies` names every address: anyone can pretend to call from anywhere"
        : undefined,
  }),
  tlsCert: optional<string>({
    type: PATH,
    takenBy: SERVE,
    doc: "file of the TLS certificate chain (PEM); with `tls-key` the server speaks https",
  }),
  tlsKey: optional<string>({
    type: PATH,
    takenBy: SERVE,
    doc: "file of the certificate's private key (PEM)",
  }),
  unsafePlainHttp: row<boolean>({
    type: SWITCH,
    standard: "false",
    takenBy: SERVE,
    doc: "serve plain http on an address that other machines can reach",
    warning: (on) =>
      on ? "`unsafe-plain-http` is on: passwords and codes may cross the network unencrypted" : undefined,
  }),
  allowRootKeys: row<boolean>({
    type: SWITCH,
    standard: "false",
    takenBy: ["root-key"],
    doc: "let the root user have access keys; they are never restricted by policies",
  }),
  smtpUrl: optional<SmtpServer>({
    type: SMTP_URL,
    standardInWords: "none, and notices wait on the console's pages",
    takenBy: SERVE,
    unrepeated: true,
    doc: "mail server that notices go through; `smtp://` encrypts by STARTTLS (not to this machine itself), `smtps://` from the start",
  }),
  smtpPassword: optional<string>({
    type: SECRET,
    takenBy: SERVE,
    secret: true,
    doc: "password of the user in `smtp-url`; only in the environment, and taken out of it once read",
  }),
  mailFrom: optional<string>({
    type: MAIL_ADDRESS,
    takenBy: SERVE,
    doc: "address that notices are sent from",
  }),
  quotaUsers: quota(5000, 10_000_000, SERVE, "users an account may have"),
  quotaGroups: quota(300, 1_000_000, SERVE, "groups an account may have"),
  quotaRoles: quota(1000, 1_000_000, SERVE, "roles an account may have"),
  quotaPolicies: quota(1500, 1_000_000, SERVE, "customer managed policies an account may have"),
  quotaVirtualMfaDevices: quota(
    5000,
    10_000_000,
    SERVE,
    "virtual MFA devices an account may have, assigned or not",
  ),
  quotaMfaDevicesPerUser: quota(8, 100, SERVE, "MFA devices a user may have"),
  quotaAccessKeysPerUser: quota(2, 100, ["serve", "root-key"], "access keys a user may have"),
  quotaGroupsPerUser: quota(10, 100, SERVE, "groups a user may be in"),
  quotaAttachedPoliciesPerUser: quota(10, 100, SERVE, "managed policies that may be attached to a user"),
  quotaAttachedPoliciesPerGroup: quota(10, 100, SERVE, "managed policies that may be attached to a group"),
  quotaAttachedPoliciesPerRole: quota(10, 100, SERVE, "managed policies that may be attached to a role"),
  quotaVersionsPerPolicy: quota(5, 100, SERVE, "versions a managed policy may have at a time"),
  quotaPolicySize: quota(
    6144,
    LONGEST_DOCUMENT,
    SERVE,
    "characters of a managed policy, without white space",
  ),
  quotaInlineSizePerUser: quota(
    2048,
    LONGEST_DOCUMENT,
    SERVE,
    "characters of all inline policies of a user, without white space",
  ),
  quotaInlineSizePerGroup: quota(
    5120,
    LONGEST_DOCUMENT,
    SERVE,
    "characters of all inline policies of a group, without white space",
  ),
  quotaInlineSizePerRole: quota(
    10_240,
    LONGEST_DOCUMENT,
    SERVE,
    "characters of all inline policies of a role, without white space",
  ),
  quotaTrustPolicySize: quota(
    2048,
    LONGEST_DOCUMENT,
    SERVE,
    "characters of a role's trust policy, without white space",
  ),
  quotaUnassignedMfaDevicesPerUser: quota(
    16,
    1000,
    SERVE,
    "unassigned virtual MFA devices that a user who may not delete any can hold",
  ),
  sessionIdleMinutes: minutes(30, "minutes without a request after which a console session is over"),
  sessionMinutes: minutes(720, "minutes after which a console session is over, however busy"),
  rootSessionIdleMinutes: minutes(15, "minutes without a request after which root's console session is over"),
  rootSessionMinutes: minutes(60, "minutes after which root's console session is over"),
  rootMfaGraceDays: row<number>({
    type: integer(0, 365),
    standard: "35",
    takenBy: SERVE,
    doc: "days that root may go without MFA after the first reminder; then nothing else is open before it is set up",
    warning: (days) =>
      days > 35
        ? "`root-mfa-grace-days` is above 35: root may go on with a password alone for longer"
        : undefined,
  }),
  rootMfaReminderDays: row<number>({
    type: integer(0, 35),
    standard: "0",
    takenBy: SERVE,
    doc: "days between two reminders that root has no MFA; 0 reminds at every sign-in",
  }),
  logLevel: row<"debug" | "info" | "warn" | "error">({
    type: choice("debug", "info", "warn", "error"),
    standard: "info",
    takenBy: SERVE,
    doc: "how much to log, on standard error",
  }),
  metrics: row<boolean>({
    type: SWITCH,
    standard: "false",
    takenBy: SERVE,
    doc: "answer `/metrics` in the form of Prometheus, to callers on this machine",
  }),
};

export type SettingKey = keyof typeof ROWS;

/** Every setting of the program. The key is its name in code; `settingName`, `flagOf` and `environmentOf` give its others. */
// `table` gives every row one type; these keep the type of their value
const SETTINGS = table<unknown, SettingKey>(ROWS) as Readonly<typeof ROWS>;

/** The value of every setting; those that a command does not take hold their standard. */
export type Settings = {
  readonly [Key in SettingKey]: (typeof SETTINGS)[Key] extends SettingRow<infer Value> ? Value : never;
};

// the keys of a table without a prototype are its rows' names
export const SETTING_KEYS = Object.keys(SETTINGS) as readonly SettingKey[];

/** The row as one that any setting fits. */
// a row is read here for its text, docs and parser alone, which are the same for all
export const settingRow = (key: SettingKey): SettingRow => SETTINGS[key] as SettingRow;

/** `publicUrl` -> `public-url`: the name in settings files, sentences and docs. */
export const settingName = (key: SettingKey): string =>
  key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const flagOf = (key: SettingKey): string => `--${settingName(key)}`;

export const ENVIRONMENT_PREFIX = "COUNTERSIGN_";

export const environmentOf = (key: SettingKey): string =>
  ENVIRONMENT_PREFIX + settingName(key).toUpperCase().replaceAll("-", "_");

const KEYS_BY_NAME = table(Object.fromEntries(SETTING_KEYS.map((key) => [settingName(key), key])));

const KEYS_BY_ENVIRONMENT = table(Object.fromEntries(SETTING_KEYS.map((key) => [environmentOf(key), key])));

export const settingNamed = (name: string): SettingKey | undefined => lookUp(KEYS_BY_NAME, name);

export const settingOfVariable = (variable: string): SettingKey | undefined =>
  lookUp(KEYS_BY_ENVIRONMENT, variable);

export const isTakenBy = (key: SettingKey, user: SettingUser): boolean =>
  SETTINGS[key].takenBy.includes(user);
