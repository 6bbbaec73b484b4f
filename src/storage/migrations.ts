import type { Kysely } from "kysely";
import type { ColumnTypes } from "./engine.ts";
import { first } from "./migrations/001-first.ts";
import { policies } from "./migrations/002-policies.ts";
import { signIn } from "./migrations/003-signin.ts";
import { consoleViews } from "./migrations/004-console.ts";
import { userSummaries } from "./migrations/006-user-summaries.ts";
import { enrolments } from "./migrations/007-enrolments.ts";
import { notices } from "./migrations/008-notices.ts";
import { activity } from "./migrations/009-activity.ts";
import { userOrders } from "./migrations/010-user-orders.ts";
import { enrolmentIds } from "./migrations/011-enrolment-ids.ts";
import { activityIndex } from "./migrations/012-activity-index.ts";

/**
 * One step forward. It is additive: code of the version before must run on what it leaves, so that replicas can be replaced
 * one by one (DESIGN 5). Nothing outside its file may change what it does: a released migration is history.
 */
export type Migration = (db: Kysely<unknown>, types: ColumnTypes) => Promise<void>;

/** In order: the database's version is the number of steps it has taken. */
export const MIGRATIONS: readonly Migration[] = [
  first,
  policies,
  signIn,
  consoleViews,
  userSummaries,
  enrolments,
  notices,
  activity,
  userOrders,
  enrolmentIds,
  activityIndex,
];
