/** How many calls of one caller run at once. Leave as often as you were let in. */
export interface InFlight {
  /** Undefined where he has as many as he may, which is `most`; else what to call when the call is over. */
  enter(who: string, most?: number): (() => void) | undefined;
}

/** More than one person's tools run at once, and of writes a third of a second. */
const MOST = 256;

/**
 * Changes stand in one queue, so whoever may call at all could put any number of his before everybody's. Beyond `usual` he is told
 * to slow down, as AWS tells him, before any work is done.
 */
export function openInFlight(usual = MOST): InFlight {
  const running = new Map<string, number>();
  const leave = (who: string): void => {
    const left = (running.get(who) ?? 1) - 1;
    if (left > 0) running.set(who, left);
    else running.delete(who);
  };
  return {
    enter(who, most = usual) {
      const count = running.get(who) ?? 0;
      if (count >= most) return undefined;
      running.set(who, count + 1);
      return () => leave(who);
    },
  };
}
