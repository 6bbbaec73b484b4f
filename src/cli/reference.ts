import type { CommandRow } from "./commands/command.ts";
import { COMMANDS } from "./table.ts";

/** The commands' page of the reference, in Markdown. */
export const renderCommandsReference = (): string => COMMANDS.map(section).join("\n\n");

function section(row: CommandRow): string {
  const parts = [
    `## ${row.name}`,
    fenced("", usageOf(row)),
    `${capital(row.summary)}.${row.detail === undefined ? "" : ` ${row.detail}`}`,
    optionsOf(row),
    fenced("sh", row.examples.map(({ line, says }) => `# ${says}\n${line}`).join("\n")),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

function usageOf({ name, arguments: positional = [], options = [], answers, settings }: CommandRow): string {
  const words = [
    ...positional.map((each) => (each.required ? each.name.toUpperCase() : `[${each.name.toUpperCase()}]`)),
    ...options.map((each) => {
      const flag = each.placeholder === undefined ? `--${each.name}` : `--${each.name} ${each.placeholder}`;
      return each.required ? flag : `[${flag}]`;
    }),
    ...(answers ? ["[--output text|json|table]"] : []),
    ...(settings === undefined ? [] : ["[settings]"]),
  ];
  return ["countersign", name, ...words].join(" ");
}

function optionsOf({ arguments: positional = [], options = [] }: CommandRow): string {
  const rows = [
    ...positional.map(({ name, doc }) => `| \`${name.toUpperCase()}\` | ${doc} |`),
    ...options.map(({ name, doc }) => `| \`--${name}\` | ${doc} |`),
  ];
  return rows.length === 0 ? "" : ["| | |", "|---|---|", ...rows].join("\n");
}
