import manifest from "../../../package.json" with { type: "json" };
import { say } from "../terminal/output.ts";
import type { CommandRow } from "./command.ts";

export const VERSION: string = manifest.version;

export const version: CommandRow = {
  name: "version",
  summary: "print the version",
  answers: true,
  examples: [{ line: "countersign version --output json", says: "for a script" }],
  run: async (invocation) => {
    const facts = { Version: VERSION, Node: process.versions.node };
    say(invocation, {
      json: facts,
      text: [`countersign ${VERSION}`],
      table: { head: Object.keys(facts), rows: [Object.values(facts)] },
    });
    return 0;
  },
};
