import type { SessionMfa } from "../../../src/model/countersign/types.ts";
import type { Words } from "../words/english.ts";

/** With what a session was opened. */
export function factorText({ bar, methods }: Words, mfa: SessionMfa | undefined): string {
  if (mfa?.Present !== true) return bar.signedInWithout;
  return bar.signedInWith(methodText(methods, mfa.Method));
}

/** A method as part of a sentence. */
export const methodText = (methods: Words["methods"], method: string | undefined): string =>
  method !== undefined && Object.hasOwn(methods, method)
    ? methods[method as keyof typeof methods]
    : methods.other;
