import { createContext, useContext } from "react";
import type { Failure } from "../api/failure.ts";

/** What stands between a page and the server. */
export interface Gate {
  /** Runs `act`; where the server wants a fresh factor, asks for it and runs `act` again. */
  readonly prove: <T>(act: () => Promise<T>) => Promise<T>;
  /** Told of every failure; true if it has taken the reader elsewhere. */
  readonly refused: (failure: Failure) => boolean;
}

export const GateContext = createContext<Gate>({ prove: (act) => act(), refused: () => false });

export const useGate = (): Gate => useContext(GateContext);
