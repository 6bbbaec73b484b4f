import { useCallback, useEffect, useRef, useState } from "react";
import { Cancelled, type Failure, failureOf } from "../api/failure.ts";
import { useGate } from "./gate.ts";

/** Something a reader does with a button: busy while it runs, and what came of it. */
export interface Act {
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  /**
   * True if it was done. A second press while it runs does nothing. `onRefused` runs where an answer came or nothing was asked:
   * without one, what was typed may be sent once more as it is.
   */
  readonly run: (act: () => Promise<unknown>, onRefused?: () => void) => Promise<boolean>;
  readonly clear: () => void;
}

export function useAct(): Act {
  const gate = useGate();
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const run = async (act: () => Promise<unknown>, onRefused?: () => void): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      await gate.prove(act);
      return true;
    } catch (error) {
      if (error instanceof Cancelled) {
        onRefused?.();
        return false;
      }
      const failed = failureOf(error);
      if (failed.code !== "Unreachable") onRefused?.();
      if (!gate.refused(failed)) setFailure(failed);
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { busy, failure, run, clear: () => setFailure(undefined) };
}

/** What a page shows: loading, then a value or a failure. A reload keeps the old value until the new one is there. */
export interface Loaded<T> {
  readonly value: T | undefined;
  readonly failure: Failure | undefined;
  readonly reload: () => Promise<void>;
}

/** `load` must be the same function from one rendering to the next. */
export function useLoad<T>(load: () => Promise<T>): Loaded<T> {
  const gate = useGate();
  const [state, setState] = useState<{ value?: T; failure?: Failure }>({});
  // what the latest gate does, without loading again when it changes
  const refused = useRef(gate.refused);
  refused.current = gate.refused;
  const latest = useRef(load);
  latest.current = load;
  const reload = useCallback(async () => {
    try {
      const value = await load();
      // what was asked before comes too late
      if (latest.current === load) setState({ value });
    } catch (error) {
      if (latest.current !== load) return;
      const failure = failureOf(error);
      if (!refused.current(failure)) setState((before) => ({ ...before, failure }));
    }
  }, [load]);
  useEffect(() => {
    void reload();
  }, [reload]);
  return { value: state.value, failure: state.failure, reload };
}
