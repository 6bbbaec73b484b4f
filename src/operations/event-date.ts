const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

const twoDigits = (value: number): string => String(value).padStart(2, "0");

/** `Jan 22, 2021 12:46:28 AM`: how CloudTrail writes a date in the elements of an event (contract 5.3), in UTC. */
export function eventDate(date: Date): string {
  const hour = date.getUTCHours();
  const day = `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}`;
  const time = [hour % 12 || 12, twoDigits(date.getUTCMinutes()), twoDigits(date.getUTCSeconds())].join(":");
  return `${day} ${time} ${hour < 12 ? "AM" : "PM"}`;
}
