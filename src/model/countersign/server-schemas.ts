import type { StaticStructureSchema } from "@smithy/types";
import { BOOLEAN, list, NUMBER, STRING, structure } from "../schemas.ts";
import type {
  MfaSettings,
  NotificationSettings,
  OutboundSettings,
  QuotaSetting,
  ServerOperations,
  ServerSettings,
  SessionSettings,
  TestNotification,
} from "./server-types.ts";

const notifications = structure<NotificationSettings>(
  "NotificationSettings",
  { Configured: BOOLEAN },
  { From: STRING, Host: STRING },
);

const mfa = structure<MfaSettings>(
  "MfaSettings",
  { Issuer: STRING, DevicesPerUser: NUMBER, RootGraceDays: NUMBER, RootReminderDays: NUMBER },
  {},
);

const sessions = structure<SessionSettings>(
  "SessionSettings",
  { IdleMinutes: NUMBER, Minutes: NUMBER, RootIdleMinutes: NUMBER, RootMinutes: NUMBER },
  {},
);

const quota = structure<QuotaSetting>("QuotaSetting", { Name: STRING, Value: NUMBER }, {});

const outbound = structure<OutboundSettings>(
  "OutboundSettings",
  { Rules: list("OutboundRules", STRING) },
  {},
);

const settings = structure<ServerSettings>(
  "ServerSettings",
  {
    Notifications: notifications,
    Mfa: mfa,
    Sessions: sessions,
    Quotas: list("QuotaSettings", quota),
    Outbound: outbound,
  },
  {},
);

export const SERVER_SHAPES = {
  GetServerSettings: [
    structure<ServerOperations["GetServerSettings"]["input"]>("GetServerSettingsInput", {}, {}),
    settings,
  ],
  SendTestNotification: [
    structure<ServerOperations["SendTestNotification"]["input"]>(
      "SendTestNotificationInput",
      { Address: STRING },
      {},
    ),
    structure<TestNotification>("TestNotification", { Accepted: BOOLEAN }, { Reason: STRING }),
  ],
} as const satisfies Record<keyof ServerOperations, readonly [StaticStructureSchema, StaticStructureSchema]>;
