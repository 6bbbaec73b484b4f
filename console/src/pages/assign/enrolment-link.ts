export interface LinkParts {
  /** What the server calls itself in authenticator apps. */
  readonly issuer: string;
  readonly name: string;
  /** The account's alias, or its ID without one. */
  readonly account: string;
  /** Base32. */
  readonly seed: string;
}

/** What the server's QR code holds, letter by letter, as a link that an authenticator app on this phone opens. */
export function enrolmentLink({ issuer, name, account, seed }: LinkParts): string {
  const [by, device, where] = [issuer, name, account].map(encodeURIComponent);
  return `otpauth://totp/${by}:${device}@${where}?secret=${seed}&issuer=${by}`;
}

/** Four characters and a gap: easier to type from. */
export const inGroups = (seed: string): string => seed.replace(/(.{4})(?=.)/g, "$1 ");
