import { useState } from "react";
import { ChangedMeanwhile, type Opened, saveUnchanged, type Through } from "../api/unchanged.ts";
import { type Act, useAct } from "./act.ts";

/** Saving what was made of a thing, unless somebody else has changed it since it was opened. */
export interface Saving<T> extends Pick<Act, "busy" | "failure"> {
  /** The thing that the form goes by. */
  readonly base: Opened<T>;
  /** What somebody else has made of it meanwhile. */
  readonly theirs: Opened<T> | undefined;
  /** True if it was saved. `change` sends one change, through what it is given. */
  readonly save: (change: (through: Through) => Promise<unknown>) => Promise<boolean>;
  /** Goes on from `theirs`, which the reader has seen. */
  readonly goOn: () => void;
}

export function useSaving<T>(opened: Opened<T>, read: (through: Through) => Promise<T>): Saving<T> {
  const [base, setBase] = useState(opened);
  const [theirs, setTheirs] = useState<Opened<T>>();
  const act = useAct();
  const save = async (change: (through: Through) => Promise<unknown>): Promise<boolean> => {
    let other: Opened<T> | undefined;
    const done = await act.run(async () => {
      try {
        await saveUnchanged(base, read, change);
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile)) throw error;
        other = error.now;
      }
    });
    setTheirs(other);
    return done && other === undefined;
  };
  const goOn = () => {
    if (theirs !== undefined) setBase(theirs);
    setTheirs(undefined);
  };
  return { busy: act.busy, failure: act.failure, base, theirs, save, goOn };
}
