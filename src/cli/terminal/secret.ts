import type { Io } from "./io.ts";
import { Refusal } from "./refusal.ts";
import { firstLine, readAll } from "./stdin.ts";

/** A secret that a person chooses: from standard input where `option` says so, else asked twice on the terminal. */
export async function newPassword(
  { io, switched }: { readonly io: Io; readonly switched: (name: string) => boolean },
  option: string,
  what: string,
): Promise<string> {
  if (switched(option)) return firstLine(await readAll(io.stdin), what);
  if (!io.stdin.isTTY) {
    throw new Refusal(`the ${what} is missing`, { hint: `pipe it in and add \`--${option}\``, status: 2 });
  }
  const first = await ask(what);
  if (first !== (await ask(`${what} again`))) throw new Refusal("the two are not the same");
  return first;
}

async function ask(what: string): Promise<string> {
  const { isCancel, password } = await import("@clack/prompts");
  const answer = await password({ message: what, output: process.stderr });
  if (isCancel(answer)) throw new Refusal("given up");
  return answer;
}
