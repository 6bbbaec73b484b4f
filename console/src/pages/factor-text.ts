import type { SessionMfa } from "../../../src/model/countersign/types.ts";
import type { Words } from "../words/english.ts";

/** With what a session was opened. */
export function factorText({ bar, methods }: Words, mfa: SessionMfa | undefined): string {
  if (mfa?.Present !== true) return bar.signedInWithout;
  return bar.signedInWith(methodText(methods, mfa.Method));
}

/** A method as part of a sentence. */
const methodText = (methods: Words["methods"], method: string | undefined): string =>
  method !== undefined && Object.hasOwn(methods, method)
    ? methods[method as keyof typeof methods]
    : methods.other;

/** A method as an entry of a table; one that this console does not know, as the server calls it. */
export const kindText = (kinds: Words["kinds"], method: string): string =>
  Object.hasOwn(kinds, method) ? kinds[method as keyof typeof kinds] : method;
