import { type Kysely, type Selectable, sql } from "kysely";
import type { AccountId } from "#identity/ids.ts";
import type {
  ConsoleSessionReads,
  ConsoleSessionRow,
  ConsoleSessionWrites,
} from "#ports/console-sessions.ts";
import { fromProof, toProof } from "./proofs.ts";
import { deleted, updated } from "./rows.ts";
import type { Db } from "./schema.ts";

export const consoleSessionReads = (db: Kysely<Db>): ConsoleSessionReads => ({
  load: async (account, tokenHash) => {
    const row = await db
      .selectFrom("console_sessions")
      .selectAll()
      .where("account_id", "=", account)
      .where("token_hash", "=", tokenHash)
      .executeTakeFirst();
    return row && toSession(row);
  },
  listFor: async (account, principal) => {
    const rows = await db
      .selectFrom("console_sessions")
      .selectAll()
      .where("account_id", "=", account)
      .where("user_id", "=", principal)
      .orderBy("signed_in_at", "desc")
      .orderBy("session_id")
      .execute();
    return rows.map(toSession);
  },
});

export const consoleSessionWrites = (db: Kysely<Db>): ConsoleSessionWrites => ({
  create: async (row) => {
    await db.insertInto("console_sessions").values(fromSession(row)).execute();
  },
  touch: async (account, tokenHash, at, before) => {
    await oneSession(db, account, tokenHash)
      .set({ last_seen_at: at })
      .where("last_seen_at", "<=", before)
      .execute();
  },
  renew: async (account, tokenHash, { tokenHash: renewed, mfa, issuedAt, enrolment }) => {
    const change = {
      ...(renewed === undefined ? {} : { token_hash: renewed }),
      ...(mfa === undefined ? {} : fromProof(mfa)),
      ...(issuedAt === undefined ? {} : { issued_at: issuedAt }),
      ...(enrolment === undefined ? {} : { enrolment }),
    };
    return updated(await oneSession(db, account, tokenHash).set(change).executeTakeFirst());
  },
  end: async (account, tokenHash) => {
    const sessions = db.deleteFrom("console_sessions").where("account_id", "=", account);
    return deleted(await sessions.where("token_hash", "=", tokenHash).executeTakeFirst());
  },
  endNamed: async (account, principal, sessionId) => {
    const sessions = db.deleteFrom("console_sessions").where("account_id", "=", account);
    const own = sessions.where("user_id", "=", principal);
    return deleted(await own.where("session_id", "=", sessionId).executeTakeFirst());
  },
  endAll: async (account, principal, except) => {
    const sessions = db.deleteFrom("console_sessions").where("account_id", "=", account);
    const result = await sessions
      .where("user_id", "=", principal)
      .$if(except !== undefined, (query) => query.where(sql<string>`access_key_id`, "<>", except ?? ""))
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});

const oneSession = (db: Kysely<Db>, account: AccountId, tokenHash: string) =>
  db.updateTable("console_sessions").where("account_id", "=", account).where("token_hash", "=", tokenHash);

const fromSession = (row: ConsoleSessionRow): Db["console_sessions"] => ({
  account_id: row.accountId,
  token_hash: row.tokenHash,
  session_id: row.sessionId,
  user_id: row.principalId,
  access_key_id: row.accessKeyId,
  signed_in_at: row.signedInAt,
  issued_at: row.issuedAt,
  last_seen_at: row.lastSeenAt,
  expires_at: row.expiresAt,
  enrolment: row.enrolment,
  source_ip: row.sourceIp,
  user_agent: row.userAgent,
  ...fromProof(row.mfa),
});

const toSession = (row: Selectable<Db["console_sessions"]>): ConsoleSessionRow => ({
  accountId: row.account_id,
  tokenHash: row.token_hash,
  sessionId: row.session_id,
  principalId: row.user_id,
  accessKeyId: row.access_key_id,
  signedInAt: row.signed_in_at,
  issuedAt: row.issued_at,
  lastSeenAt: row.last_seen_at,
  expiresAt: row.expires_at,
  mfa: toProof(row),
  enrolment: row.enrolment,
  sourceIp: row.source_ip,
  userAgent: row.user_agent,
});
