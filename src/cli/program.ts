import { Command, CommanderError, Option } from "commander";
import { docOf } from "#config/render.ts";
import { flagOf, isTakenBy, SETTING_KEYS, type SettingUser, settingRow } from "#config/settings.ts";
import { StorageError } from "#storage/errors.ts";
import type { CommandRow } from "./commands/command.ts";
import { VERSION } from "./commands/version.ts";
import type { Wiring } from "./commands/wiring.ts";
import { invoke } from "./invoke.ts";
import { COMMANDS, GROUPS } from "./table.ts";
import type { Io } from "./terminal/io.ts";
import { knownFailure } from "./terminal/known-failures.ts";
import { complain, remark } from "./terminal/output.ts";
import { Refusal } from "./terminal/refusal.ts";

/**
 * Runs one command to its end and returns its exit status: 0, 1 where it failed, 2 where it was used wrongly. `argv` is what
 * stands behind the program's name.
 */
export async function runCommandLine(argv: readonly string[], io: Io, wiring: Wiring): Promise<number> {
  let status = 0;
  const program = buildProgram(io, async (row, command) => {
    status = await invoke(row, command.opts(), command.args, io, wiring);
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return status;
  } catch (error) {
    return failed(error, io);
  }
}

function failed(error: unknown, io: Io): number {
  // help and version were asked for; anything else commander stops at is wrong usage
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const told = error instanceof Refusal ? error : (knownFailure(error) ?? storageError(error));
  if (told !== undefined) {
    complain(io, told);
    return told instanceof Refusal ? told.status : 1;
  }
  remark(
    io,
    `unexpected failure: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return 1;
}

const storageError = (error: unknown): StorageError | undefined =>
  error instanceof StorageError ? error : undefined;

type Action = (row: CommandRow, command: Command) => Promise<void>;

function buildProgram(io: Io, action: Action): Command {
  const program = new Command("countersign")
    .description("the multi-factor authentication of AWS IAM, as a server you run yourself")
    .version(`countersign ${VERSION}`, "-V, --version", "print the version")
    .addHelpText("after", FIRST_STEPS);
  speakOurWay(program, io);
  for (const row of COMMANDS) addCommand(program, row, action);
  return program;
}

const FIRST_STEPS = `
First steps:
  countersign serve
  printf '%s' 'a long password' | countersign account create --email root@example.com --password-stdin --admin-user admin

\`countersign COMMAND --help\` shows what a command takes, with examples.`;

/** Commander's sentences in the words of the house: lower case, no full stop, input in backticks. */
function speakOurWay(command: Command, io: Io): void {
  command
    .exitOverride()
    .helpCommand(false)
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      outputError: (text, write) =>
        write(text.replace(/^error: /, "countersign: ").replace(/'([^']*)'/g, "`$1`")),
    });
}

function addCommand(program: Command, row: CommandRow, action: Action): void {
  const words = row.name.split(" ");
  const parent = words.slice(0, -1).reduce(groupOf, program);
  // a name has at least one word
  const command = parent.command(words.at(-1) as string).summary(row.summary);
  command.description(row.detail === undefined ? row.summary : `${row.summary}\n\n${row.detail}`);
  for (const { name, required, doc } of row.arguments ?? [])
    command.argument(required ? `<${name}>` : `[${name}]`, doc);
  for (const option of optionsOf(row)) command.addOption(option);
  command
    .addHelpText(
      "after",
      `\nExamples:\n${row.examples.map(({ line, says }) => `  # ${says}\n  ${line}`).join("\n")}`,
    )
    .showHelpAfterError(`hint: \`countersign ${row.name} --help\` shows how it is used`)
    .allowExcessArguments(false)
    .action(() => action(row, command));
}

/** The command that holds the commands of a group, made with the first of them. */
function groupOf(parent: Command, word: string): Command {
  const there = parent.commands.find((command) => command.name() === word);
  return (
    there ??
    parent
      .command(word)
      .description(GROUPS[word] ?? word)
      .helpCommand(false)
  );
}

function optionsOf(row: CommandRow): readonly Option[] {
  const own = (row.options ?? []).map(({ name, placeholder, doc, required }) =>
    new Option(written(`--${name}`, placeholder), doc).makeOptionMandatory(required === true),
  );
  const output = new Option("--output <FORM>", "form of the answer")
    .choices(["text", "json", "table"])
    .default("text");
  return [
    ...own,
    ...(row.answers ? [output] : []),
    ...(row.settings === undefined ? [] : settingOptions(row.settings)),
  ];
}

const settingOptions = (user: SettingUser): readonly Option[] =>
  SETTING_KEYS.filter((key) => isTakenBy(key, user) && !settingRow(key).secret).map((key) =>
    new Option(written(flagOf(key), settingRow(key).type.placeholder), docOf(key)).helpGroup("Settings:"),
  );

const written = (flag: string, placeholder: string | undefined): string =>
  placeholder === undefined ? flag : `${flag} <${placeholder}>`;
