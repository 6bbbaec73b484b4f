import { DAY, MINUTE } from "#base/clock.ts";
import type { SignInLimits } from "#signin/limits.ts";
import type { Settings } from "./settings.ts";

export const signInLimitsOf = (settings: Settings): SignInLimits => ({
  idle: settings.sessionIdleMinutes * MINUTE,
  absolute: settings.sessionMinutes * MINUTE,
  rootIdle: settings.rootSessionIdleMinutes * MINUTE,
  rootAbsolute: settings.rootSessionMinutes * MINUTE,
  rootMfaGrace: settings.rootMfaGraceDays * DAY,
  rootMfaReminder: settings.rootMfaReminderDays * DAY,
});
