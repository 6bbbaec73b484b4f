import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { StoreConfig } from "#storage/open.ts";
import type { JobName } from "./rival-jobs.ts";

const SCRIPT = join(import.meta.dirname, "rival.ts");

/** Two processes on one database. */
export interface Rivals {
  /** Both do the job at once; their answers. */
  both(job: JobName, argumentsOf: (which: 0 | 1) => unknown): Promise<readonly unknown[]>;
  end(): Promise<void>;
}

interface Rival {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  readonly lines: AsyncIterator<string>;
}

export async function startRivals(config: StoreConfig): Promise<Rivals> {
  const pair = [start(config), start(config)] as const;
  for (const { lines } of pair) await lines.next();
  return {
    async both(job, argumentsOf) {
      const asked = ([0, 1] as const).map((which) =>
        ask(pair[which], JSON.stringify({ job, args: argumentsOf(which) })),
      );
      try {
        return await Promise.all(asked);
      } catch (error) {
        // the other one would wait for its next job, and the test's process for it
        for (const { child } of pair) child.kill("SIGKILL");
        throw error;
      }
    },
    end: async () => {
      await Promise.all(pair.map(end));
    },
  };
}

function start(config: StoreConfig): Rival {
  const child = spawn(process.execPath, [SCRIPT, JSON.stringify(config)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

async function ask({ child, lines }: Rival, line: string): Promise<unknown> {
  child.stdin.write(`${line}\n`);
  const { value, done } = await lines.next();
  if (done) throw new Error("the other process ended without an answer");
  return JSON.parse(value);
}

async function end({ child }: Rival): Promise<void> {
  const ended = once(child, "exit");
  child.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`the other process ended with ${code}`);
}
