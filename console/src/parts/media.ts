import { useSyncExternalStore } from "react";

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => matchMedia(query).matches,
  );
}

const NARROW = "(max-width: 688px)";

/** Too narrow for a table. */
export const useIsNarrow = (): boolean => useMedia(NARROW);
export const isNarrow = (): boolean => matchMedia(NARROW).matches;

/** Worked with a finger, and as wide as one hand: an app on this very machine can take a link. */
export const useIsPhone = (): boolean => useMedia("(pointer: coarse) and (max-width: 688px)");
