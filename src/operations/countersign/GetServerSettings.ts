import { DAY, MINUTE } from "#base/clock.ts";
import { accept } from "#base/outcome.ts";
import type { ServerOperations, ServerSettings } from "#model/countersign/server-types.ts";
import type { Deps } from "../call.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";

type Shape = ServerOperations["GetServerSettings"];

/** What the operator has set, for administrators to see. Nothing in it is secret, and nothing says where the data are. */
export const GetServerSettings: ReadOperation<Shape["input"], Shape["output"]> = {
  kind: "read",
  service: "countersign",
  name: "GetServerSettings",
  action: "countersign:GetServerSettings",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  run: async (_store, { deps }) => accept(settingsOf(deps)),
};

const settingsOf = ({ mail, issuer, signIn, quotas }: Deps): ServerSettings => ({
  Notifications: { Configured: mail.configured, From: mail.from, Host: mail.host },
  Mfa: {
    Issuer: issuer,
    DevicesPerUser: quotas.mfaDevicesPerUser,
    RootGraceDays: signIn.rootMfaGrace / DAY,
    RootReminderDays: signIn.rootMfaReminder / DAY,
  },
  Sessions: {
    IdleMinutes: signIn.idle / MINUTE,
    Minutes: signIn.absolute / MINUTE,
    RootIdleMinutes: signIn.rootIdle / MINUTE,
    RootMinutes: signIn.rootAbsolute / MINUTE,
  },
  Quotas: Object.entries(quotas).map(([name, value]) => ({ Name: capitalized(name), Value: value })),
  Outbound: { Rules: mail.host === undefined ? [] : [`SMTP ${mail.host}`] },
});

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
