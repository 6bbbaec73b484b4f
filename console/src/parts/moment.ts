const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;
/** Older than so many days, a date says more than a distance. */
const FAR = 7;

export interface MomentText {
  readonly shown: string;
  /** In the reader's zone, then in UTC. */
  readonly exact: string;
}

/** A moment as it is shown and as it is exactly. */
export function momentText(at: number, now: number, language: string): MomentText {
  const local = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "long" }).format(at);
  const utc = new Intl.DateTimeFormat(language, {
    dateStyle: "medium",
    timeStyle: "medium",
    timeZone: "UTC",
  }).format(at);
  return { shown: relative(at, now, language), exact: `${local} · ${utc} UTC` };
}

function relative(at: number, now: number, language: string): string {
  const seconds = Math.round((at - now) / 1000);
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  if (unit === "day" && Math.abs(seconds) >= FAR * size) return dateText(at, language);
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  // "now" for what is under a minute
  return unit === "second" ? format.format(0, "second") : format.format(Math.trunc(seconds / size), unit);
}

export const dateText = (at: number, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(at);
