/** As IAM has it for a virtual device (contract 7.2). */
const NAME = /^[\w+=,.@-]{1,64}$/;
const MOST = 64;

export const isDeviceName = (name: string): boolean => NAME.test(name);

/**
 * A name to begin with. Many policies let people manage only the device that has their user name, so a first one gets it; a
 * backup's tells that it is one.
 */
export function suggestedName(user: string | undefined, first: boolean): string {
  const base = user ?? "root-account-mfa-device";
  return (first ? base : `${base}-backup`).slice(0, MOST);
}
