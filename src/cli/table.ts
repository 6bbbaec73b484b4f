import { accountCreate } from "./commands/account-create.ts";
import { accountList } from "./commands/account-list.ts";
import { accountRevokeSessions } from "./commands/account-revoke-sessions.ts";
import { accountRootKeyCreate } from "./commands/account-root-key-create.ts";
import { accountRootKeyDelete } from "./commands/account-root-key-delete.ts";
import { accountUnlockMfa } from "./commands/account-unlock-mfa.ts";
import { backup } from "./commands/backup.ts";
import { clockAccept } from "./commands/clock-accept.ts";
import type { CommandRow } from "./commands/command.ts";
import { keyExport } from "./commands/key-export.ts";
import { keyImport } from "./commands/key-import.ts";
import { keysRotate } from "./commands/keys-rotate.ts";
import { restore } from "./commands/restore.ts";
import { serve } from "./commands/serve.ts";
import { version } from "./commands/version.ts";

/** Every command, in the order of the help page. */
export const COMMANDS: readonly CommandRow[] = [
  serve,
  accountCreate,
  accountList,
  accountRootKeyCreate,
  accountRootKeyDelete,
  accountUnlockMfa,
  accountRevokeSessions,
  keysRotate,
  keyExport,
  keyImport,
  backup,
  restore,
  clockAccept,
  version,
];

/** What the commands of a group are about, by the group's last word. */
export const GROUPS: Readonly<Record<string, string>> = {
  account: "accounts and their root users",
  "root-key": "access keys of the root user, refused unless `allow-root-keys` is set",
  key: "the root key: take a copy out, bring one in",
  keys: "put a new root key in the place of the one in use",
  clock: "the highest moment seen",
};
