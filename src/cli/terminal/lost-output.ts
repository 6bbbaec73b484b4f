import type { Io } from "./io.ts";

/**
 * Keeps an output that nobody takes any more (a reader that has gone, a full disk) from ending the process half-way: what runs, runs
 * to its end. Returns what tells, once all was written, why standard output did not take it.
 */
export function watchOutput({ stdout, stderr }: Io): () => Promise<Error | undefined> {
  let problem: Error | undefined;
  stdout.on("error", (error: Error) => {
    problem ??= error;
  });
  // there is nowhere left to complain
  stderr.on("error", () => {});
  return async () => {
    // files, pipes and terminals are written at once, and complain a moment later
    await new Promise(setImmediate);
    return problem;
  };
}
