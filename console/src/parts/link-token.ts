import { useSyncExternalStore } from "react";

/** A link's token is behind the #, which no request carries. One link may be opened in the tab of another. */
export const useLinkToken = (): string => useSyncExternalStore(onAnotherLink, () => location.hash.slice(1));

function onAnotherLink(heard: () => void) {
  addEventListener("hashchange", heard);
  return () => removeEventListener("hashchange", heard);
}
