import { type Kysely, sql } from "kysely";
import type { AccountId } from "#identity/ids.ts";
import type { Reader, Transaction } from "#ports/store.ts";
import { accessKeyReads, accessKeyWrites } from "./access-keys.ts";
import { accountReads, accountWrites } from "./accounts.ts";
import { attachmentReads, attachmentWrites } from "./attachments.ts";
import { browserReads, browserWrites } from "./browsers.ts";
import { budgetReads, budgetWrites } from "./budgets.ts";
import { consoleSessionReads, consoleSessionWrites } from "./console-sessions.ts";
import { contactReads, contactWrites } from "./contacts.ts";
import { deviceReads, deviceWrites } from "./devices.ts";
import type { Engine } from "./engine.ts";
import { eventReads } from "./event-reads.ts";
import { eventWrites } from "./events.ts";
import { grantReads } from "./grants.ts";
import { groupReads, groupWrites } from "./groups.ts";
import { inlinePolicyReads, inlinePolicyWrites } from "./inline-policies.ts";
import { loginProfileReads, loginProfileWrites } from "./login-profiles.ts";
import { mfaReminderReads, mfaReminderWrites } from "./mfa-reminders.ts";
import { noticeReads, noticeWrites } from "./notices.ts";
import { passwordPolicyReads, passwordPolicyWrites } from "./password-policies.ts";
import { policyReads, policyWrites } from "./policies.ts";
import { roleReads, roleWrites } from "./roles.ts";
import { updated } from "./rows.ts";
import type { Db } from "./schema.ts";
import { seedWrites } from "./seeds.ts";
import { setUpLinkReads, setUpLinkWrites } from "./set-up-links.ts";
import { signInDayReads, signInDayWrites } from "./sign-in-days.ts";
import { signInReads, signInWrites } from "./signins.ts";
import { throttleWrites } from "./throttles.ts";
import { userSummaryReads } from "./user-summaries.ts";
import { userReads, userWrites } from "./users.ts";

export const readerOn = (db: Kysely<Db>, engine: Pick<Engine, "rowsAtOnce">): Reader => ({
  accounts: accountReads(db),
  users: userReads(db),
  userSummaries: userSummaryReads(db, engine),
  accessKeys: accessKeyReads(db),
  loginProfiles: loginProfileReads(db),
  passwordPolicies: passwordPolicyReads(db),
  groups: groupReads(db),
  roles: roleReads(db),
  policies: policyReads(db),
  attachments: attachmentReads(db),
  inlinePolicies: inlinePolicyReads(db),
  grants: grantReads(db),
  devices: deviceReads(db),
  budgets: budgetReads(db),
  consoleSessions: consoleSessionReads(db),
  signIns: signInReads(db),
  signInDays: signInDayReads(db),
  browsers: browserReads(db),
  setUpLinks: setUpLinkReads(db),
  mfaReminders: mfaReminderReads(db),
  contacts: contactReads(db),
  notices: noticeReads(db),
  events: eventReads(db),
});

/** `db` is one connection inside a transaction. Savepoints nest; work in two of them at once is not meant. */
export function transactionOn(db: Kysely<Db>, engine: Engine): Transaction {
  const savepoint = savepointsOn(db);
  const attempt = async (work: () => Promise<boolean>): Promise<boolean> => {
    try {
      return await savepoint(work, () => true);
    } catch (error) {
      if (engine.isDuplicate(error)) return false;
      throw error;
    }
  };
  const reader = readerOn(db, engine);
  return {
    accounts: { ...reader.accounts, ...accountWrites(db, attempt) },
    users: { ...reader.users, ...userWrites(db, attempt) },
    userSummaries: reader.userSummaries,
    accessKeys: { ...reader.accessKeys, ...accessKeyWrites(db) },
    loginProfiles: { ...reader.loginProfiles, ...loginProfileWrites(db) },
    passwordPolicies: { ...reader.passwordPolicies, ...passwordPolicyWrites(db) },
    groups: { ...reader.groups, ...groupWrites(db, attempt) },
    roles: { ...reader.roles, ...roleWrites(db) },
    policies: { ...reader.policies, ...policyWrites(db) },
    attachments: { ...reader.attachments, ...attachmentWrites(db) },
    inlinePolicies: { ...reader.inlinePolicies, ...inlinePolicyWrites(db) },
    grants: reader.grants,
    devices: { ...reader.devices, ...deviceWrites(db) },
    seeds: seedWrites(db),
    budgets: { ...reader.budgets, ...budgetWrites(db) },
    consoleSessions: { ...reader.consoleSessions, ...consoleSessionWrites(db) },
    signIns: { ...reader.signIns, ...signInWrites(db) },
    signInDays: { ...reader.signInDays, ...signInDayWrites(db) },
    throttles: throttleWrites(db),
    browsers: { ...reader.browsers, ...browserWrites(db) },
    setUpLinks: { ...reader.setUpLinks, ...setUpLinkWrites(db) },
    mfaReminders: { ...reader.mfaReminders, ...mfaReminderWrites(db) },
    contacts: { ...reader.contacts, ...contactWrites(db) },
    notices: { ...reader.notices, ...noticeWrites(db) },
    events: { ...reader.events, ...eventWrites(db) },
    savepoint,
    bumpRevision: (account, from) => bumpRevision(db, account, from),
  };
}

function savepointsOn(db: Kysely<Db>): Transaction["savepoint"] {
  let depth = 0;
  const run = (statement: string) => sql.raw(statement).execute(db);
  return async (work, keep) => {
    depth += 1;
    const name = `savepoint_${depth}`;
    await run(`savepoint ${name}`);
    let kept = false;
    try {
      const result = await work();
      kept = keep(result);
      return result;
    } finally {
      if (!kept) await run(`rollback to savepoint ${name}`);
      await run(`release savepoint ${name}`);
      depth -= 1;
    }
  };
}

async function bumpRevision(db: Kysely<Db>, account: AccountId, from?: number): Promise<boolean> {
  const bump = db
    .updateTable("accounts")
    .set((eb) => ({ revision: eb("revision", "+", 1) }))
    .where("account_id", "=", account);
  return updated(await (from === undefined ? bump : bump.where("revision", "=", from)).executeTakeFirst());
}
