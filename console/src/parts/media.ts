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

/** Too narrow for a table. */
export const useIsNarrow = (): boolean => useMedia("(max-width: 688px)");

/** Worked with a finger, and as wide as one hand: an app on this very machine can take a link. */
export const useIsPhone = (): boolean => useMedia("(pointer: coarse) and (max-width: 688px)");
