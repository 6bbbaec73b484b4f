import type { Io } from "./io.ts";
import { Refusal } from "./refusal.ts";

/** Goes on where a person says yes; `given` is the `--yes` of a script. */
export async function confirm(io: Io, given: boolean, question: string): Promise<void> {
  if (given) return;
  if (!io.stdin.isTTY) {
    throw new Refusal("this has to be confirmed, and there is nobody at a terminal to ask", {
      hint: "add `--yes` if it is meant",
      status: 2,
    });
  }
  const prompts = await import("@clack/prompts");
  const answer = await prompts.confirm({ message: question, initialValue: false, output: process.stderr });
  if (answer !== true) throw new Refusal("nothing was changed");
}
