import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A process of a file of this folder. */
export const startChild = (file: string): ChildProcess => fork(join(import.meta.dirname, file));

/** What the child makes of the task: to each message it answers with one, in the form that its file says. */
export async function answerOf<Answer>(child: ChildProcess, task: object): Promise<Answer> {
  const ended = new AbortController();
  const end = (): void => ended.abort(new Error("the process that measures has ended"));
  child.once("exit", end);
  try {
    child.send(task);
    const [answer] = (await once(child, "message", { signal: ended.signal })) as [Answer];
    return answer;
  } finally {
    child.off("exit", end);
  }
}
