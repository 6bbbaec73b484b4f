/**
 * Does what comes up in one turn of the event loop together, at the turn's end, in its order. Requests that are begun together go
 * through each step together, whose code then lies at hand, and answers that are sent together wake nobody in the middle of the
 * work on the next. One by one, a request costs half as much again.
 */
export function openTurnEnd(): (work: () => void) => void {
  let waiting: (() => void)[] = [];
  const doAll = (): void => {
    const taken = waiting;
    waiting = [];
    for (const work of taken) doAlone(work);
  };
  return (work) => {
    if (waiting.push(work) === 1) setImmediate(doAll);
  };
}

/** What fails does not take what comes behind it along; a connection is closed by its own timer or its client. */
function doAlone(work: () => void): void {
  try {
    work();
  } catch (error) {
    queueMicrotask(() => process.emitWarning(error instanceof Error ? error : new Error(String(error))));
  }
}
