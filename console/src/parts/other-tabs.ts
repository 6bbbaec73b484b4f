import { useEffect } from "react";

/** The tabs of a browser share its cookies: who signs in or out in one does so in all. */
const channel = new BroadcastChannel("countersign");

export const tellOtherTabs = (): void => channel.postMessage("session");

/** `heard`: another tab has told, or the reader comes back to this one, whatever it missed meanwhile. */
export function useOtherTabs(heard: () => void): void {
  useEffect(() => {
    const shown = () => {
      if (document.visibilityState === "visible") heard();
    };
    channel.addEventListener("message", heard);
    document.addEventListener("visibilitychange", shown);
    return () => {
      channel.removeEventListener("message", heard);
      document.removeEventListener("visibilitychange", shown);
    };
  }, [heard]);
}
