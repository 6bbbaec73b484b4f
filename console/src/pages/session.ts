import type { FlashbarProps } from "@cloudscape-design/components/flashbar";
import { createContext, useContext } from "react";
import type { ConsoleContext } from "../../../src/model/countersign/types.ts";

/** Who is signed in, for every page behind the sign-in. */
export interface SessionState {
  readonly context: ConsoleContext;
  /** Reads the context again: a factor was proved meanwhile. */
  readonly renew: () => Promise<void>;
  /** Says at the top of the page what was done. */
  readonly tell: (text: string, type?: FlashbarProps.Type) => void;
}

export const SessionContext = createContext<SessionState | undefined>(undefined);

export function useSession(): SessionState {
  const state = useContext(SessionContext);
  if (state === undefined) throw new Error("outside of a session");
  return state;
}
