const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";
const KINDS = [LETTERS, LETTERS.toLowerCase(), "23456789", "!#%+-=?@_"] as const;
const LENGTH = 20;

/**
 * Twenty random characters, more where a policy wants them, with each of the four kinds that a password policy can ask for among them, and none that is taken
 * for another: some 110 bits.
 */
export function randomPassword(atLeast = 0): string {
  const all = KINDS.join("");
  const length = Math.max(LENGTH, atLeast);
  for (;;) {
    const password = Array.from({ length }, () => all[below(all.length)]).join("");
    if (KINDS.every((kind) => [...kind].some((sign) => password.includes(sign)))) return password;
  }
}

/** A number below `bound`, each as likely as another: what would lean to the low ones is thrown away. */
function below(bound: number): number {
  const most = 256 - (256 % bound);
  for (;;) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < most) return byte % bound;
  }
}
