import { createContext, useContext } from "react";
import type { SignIn } from "../../../../src/model/signin/types.ts";

/** Why the reader is where he is. */
export type Notice = "ended" | "expired" | "signed-out" | "resynced";

export interface SignInState {
  /** Undefined until the server has said where this browser stands. */
  readonly signIn: SignIn | undefined;
  readonly notice: Notice | undefined;
  /** Goes to the page of the step that the server answered. */
  readonly arrive: (next: SignIn, why?: Notice) => void;
}

export const SignInContext = createContext<SignInState | undefined>(undefined);

export function useSignIn(): SignInState {
  const state = useContext(SignInContext);
  if (state === undefined) throw new Error("outside of signing in");
  return state;
}

let left: Notice | undefined;

/** For the sign-in page that comes next: why the console was left. */
export function leaveNotice(notice: Notice): void {
  left = notice;
}

export const leftNotice = (): Notice | undefined => left;

/** Once it is told: a rendering that only reads may be thrown away and begun again. */
export function forgetNotice(): void {
  left = undefined;
}
