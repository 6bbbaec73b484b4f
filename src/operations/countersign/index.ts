import { type Table, table } from "#base/table.ts";
import type { AnyOperation } from "../operation.ts";
import { CancelMFAEnrolment } from "./CancelMFAEnrolment.ts";
import { ConfirmContactAddress } from "./ConfirmContactAddress.ts";
import { CreateUsers } from "./CreateUsers.ts";
import { DeleteContactAddress } from "./DeleteContactAddress.ts";
import { DeleteSecurityContact } from "./DeleteSecurityContact.ts";
import { DismissNotice } from "./DismissNotice.ts";
import { ExplainAccess } from "./ExplainAccess.ts";
import { GetConsoleContext } from "./GetConsoleContext.ts";
import { GetContactAddress } from "./GetContactAddress.ts";
import { GetDashboard } from "./GetDashboard.ts";
import { GetPolicyVocabulary } from "./GetPolicyVocabulary.ts";
import { GetSecurityContact } from "./GetSecurityContact.ts";
import { GetServerSettings } from "./GetServerSettings.ts";
import { ListNotices } from "./ListNotices.ts";
import { ListSessions } from "./ListSessions.ts";
import { ListSignIns } from "./ListSignIns.ts";
import { ListUserActivity } from "./ListUserActivity.ts";
import { ListUserSummaries } from "./ListUserSummaries.ts";
import { PutContactAddress } from "./PutContactAddress.ts";
import { PutSecurityContact } from "./PutSecurityContact.ts";
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
  ConfirmContactAddress,
  DeleteContactAddress,
  DeleteSecurityContact,
  DismissNotice,
  GetContactAddress,
  GetSecurityContact,
  GetServerSettings,
  ListNotices,
  PutContactAddress,
  PutSecurityContact,
  SendTestNotification,
  ValidatePolicy,
});
