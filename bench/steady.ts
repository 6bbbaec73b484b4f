/**
 * Somebody who asks at a steady pace, in a process of its own: sends the same request so many times a second over connections that
 * are kept, whether the one before was answered or not. Takes a `SteadyTask` a message, answers it with the milliseconds of each.
 */
import { Agent, request as ask } from "node:http";
import type { Request } from "./request.ts";

export interface SteadyTask extends Request {
  readonly port: number;
  readonly perSecond: number;
  readonly ms: number;
}

process.on("message", (task: SteadyTask) => {
  void run(task).then((times) => process.send?.(times));
});

async function run(task: SteadyTask): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true });
  const answers: Promise<number>[] = [];
  const started = performance.now();
  for (let due = 0; due < task.ms; due += 1000 / task.perSecond) {
    const wait = started + due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    answers.push(milliseconds(task, agent));
  }
  const times = await Promise.all(answers);
  agent.destroy();
  return times;
}

/** From the sending to the last byte of the answer. */
function milliseconds(
  { port, path, headers, body }: Request & { port: number },
  agent: Agent,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const asked = ask({ agent, port, host: "127.0.0.1", method: "POST", path, headers: [...headers] });
    asked.once("error", reject);
    asked.once("response", (response) => {
      if (response.statusCode !== 200) reject(new Error(`answered ${response.statusCode}`));
      response.resume().once("end", () => resolve(performance.now() - started));
    });
    asked.end(body);
  });
}
