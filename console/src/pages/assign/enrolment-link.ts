const ISSUER = "Countersign";

/** What the QR code holds, as a link that an authenticator app on this phone opens. */
export function enrolmentLink({
  name,
  seed,
  serial,
}: {
  readonly name: string;
  /** Base32. */
  readonly seed: string;
  /** Its account tells accounts apart in the app. */
  readonly serial: string;
}): string {
  const account = serial.split(":")[4] ?? "";
  const label = `${encodeURIComponent(ISSUER)}:${encodeURIComponent(`${name}@${account}`)}`;
  return `otpauth://totp/${label}?secret=${seed}&issuer=${encodeURIComponent(ISSUER)}`;
}

/** Four characters and a gap: easier to type from. */
export const inGroups = (seed: string): string => seed.replace(/(.{4})(?=.)/g, "$1 ");
