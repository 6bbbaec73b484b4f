/**
 * Sends what one turn of the event loop has made together, at the turn's end. Sent one by one, every answer wakes whoever
 * waits for it in the middle of the work on the next, and under load that costs more than the work.
 */
export function openOutbox(): (send: () => void) => void {
  let waiting: (() => void)[] = [];
  const empty = (): void => {
    const taken = waiting;
    waiting = [];
    for (const send of taken) sendAlone(send);
  };
  return (send) => {
    if (waiting.push(send) === 1) setImmediate(empty);
  };
}

/** One that cannot be sent does not take those behind it along; its connection is closed by its own timer or its client. */
function sendAlone(send: () => void): void {
  try {
    send();
  } catch (error) {
    queueMicrotask(() => process.emitWarning(error instanceof Error ? error : new Error(String(error))));
  }
}
