import { type Table, table } from "#base/table.ts";
import type { AnyOperation } from "../operation.ts";
import { CancelMFAEnrolment } from "./CancelMFAEnrolment.ts";
import { CreateUsers } from "./CreateUsers.ts";
import { ExplainAccess } from "./ExplainAccess.ts";
import { GetConsoleContext } from "./GetConsoleContext.ts";
import { GetDashboard } from "./GetDashboard.ts";
import { GetPolicyVocabulary } from "./GetPolicyVocabulary.ts";
import { GetServerSettings } from "./GetServerSettings.ts";
import { ListSessions } from "./ListSessions.ts";
import { ListSignIns } from "./ListSignIns.ts";
import { ListUserActivity } from "./ListUserActivity.ts";
import { ListUserSummaries } from "./ListUserSummaries.ts";
import { RevokeOtherSessions } from "./RevokeOtherSessions.ts";
import { RevokeSession } from "./RevokeSession.ts";
import { RevokeSessions } from "./RevokeSessions.ts";
import { SendTestNotification } from "./SendTestNotification.ts";
import { ValidatePolicy } from "./ValidatePolicy.ts";

/** Those that have a wire. The others of this folder are the operator's alone: commands run them in-process. */
export const COUNTERSIGN_OPERATIONS: Table<AnyOperation> = table<AnyOperation, string>({
  CreateUsers,
  CancelMFAEnrolment,
  ExplainAccess,
  GetConsoleContext,
  GetDashboard,
  GetPolicyVocabulary,
  ListSessions,
  ListSignIns,
  ListUserActivity,
  ListUserSummaries,
  RevokeOtherSessions,
  RevokeSession,
  RevokeSessions,
  GetServerSettings,
  SendTestNotification,
  ValidatePolicy,
});
