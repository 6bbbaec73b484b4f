/**
 * Sends what one turn of the event loop has made together, at the turn's end. Sent one by one, every answer wakes whoever
 * waits for it in the middle of the work on the next, and under load that costs more than the work.
 */
export function openOutbox(): (send: () => void) => void {
  let waiting: (() => void)[] = [];
  const empty = (): void => {
    const taken = waiting;
    waiting = [];
    for (const send of taken) send();
  };
  return (send) => {
    if (waiting.push(send) === 1) setImmediate(empty);
  };
}
