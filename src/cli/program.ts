import { Command, CommanderError, Option } from "commander";
import { UNREADABLE } from "#config/load.ts";
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
import { watchOutput } from "./terminal/lost-output.ts";
import { complain, remark } from "./terminal/output.ts";
import { Refusal, systemCode } from "./terminal/refusal.ts";

/**
 * Runs one command to its end and returns its exit status: 0, 1 where it failed, 2 where it was used wrongly. `argv` is what
 * stands behind the program's name.
 */
export async function runCommandLine(argv: readonly string[], io: Io, wiring: Wiring): Promise<number> {
  const lost = watchOutput(io);
  let status = 0;
  let ran: CommandRow | undefined;
  const program = buildProgram(io, async (row, command) => {
    ran = row;
    status = await invoke(row, command.opts(), command.args, io, wiring);
  });
  try {
    if (argv.some((word) => word.includes(UNREADABLE))) throw notText();
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    status = failed(error, io);
  }
  const problem = await lost();
  // who serves goes on without a reader, and has nobody to tell
  if (status !== 0 || problem === undefined || ran?.answers === false) return status;
  // who reads help with `| head` has seen enough of it
  if (ran === undefined && systemCode(problem) === "EPIPE") return 0;
  complain(io, lostAnswer(problem, ran));
  return 1;
}

const notText = (): Refusal => new Refusal("the command line is not UTF-8 text", { status: 2 });

function lostAnswer(cause: Error, row: CommandRow | undefined): Refusal {
  const hint = row?.settings === undefined ? undefined : "what the command did is done all the same";
  return new Refusal(`the answer could not be written (${systemCode(cause)})`, { hint, cause });
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
    .addHelpText("after", FIRST_STEPS)
    .showHelpAfterError("hint: `countersign --help` lists the commands");
  speakOurWay(program, io);
  for (const row of COMMANDS) addCommand(program, row, action);
  return program;
}

const FIRST_STEPS = `
First steps:
  countersign serve
  printf '%s' 'a long password' | countersign account create --email root@example.com --password-stdin --admin-user admin

\`countersign COMMAND --help\` shows what a command takes, with examples.`;

const EXIT_STATUS =
  "Exit status: 0 done, 1 failed, 2 used wrongly. A failure is one sentence on standard error.";

const WHERE_SETTINGS_COME_FROM =
  "A setting is taken from its flag, else from its variable, else from a line of the file that `--config` names, else it has its default.";

/** Commander's sentences in the words of the house: lower case, no full stop, input in backticks. */
function speakOurWay(command: Command, io: Io): void {
  command
    .exitOverride()
    .helpCommand(false)
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      outputError: (text, write) =>
        write(OUR_WORDS.reduce((said, [theirs, ours]) => said.replace(theirs, ours), text)),
    });
}

const OUR_WORDS: readonly (readonly [theirs: RegExp, ours: string])[] = [
  [/^error: /, "countersign: "],
  // the value is not repeated: it may be a secret
  [/unknown option '(-[^=']*)=.*/s, "option '$1' is unknown, or takes no value\n"],
  [/'([^']*)'/g, "`$1`"],
  [/\n\(Did you mean (one of )?(.*)\?\)/, ", did you mean $1`$2`?"],
  [/\. Expected/, ": expected"],
  [/\. Allowed choices are/, ": it is one of"],
  [/\.(\n?)$/, "$1"],
];

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
    .addHelpText("after", closingOf(row))
    .showHelpAfterError(`hint: \`countersign ${row.name} --help\` shows how it is used`)
    .allowExcessArguments(false)
    .action(() => action(row, command));
}

function closingOf({ examples, settings }: CommandRow): string {
  const shown = examples.map(({ line, says }) => `  # ${says}\n  ${line}`);
  const settled = settings === undefined ? [] : ["", WHERE_SETTINGS_COME_FROM];
  return [...settled, "", EXIT_STATUS, "", "Examples:", ...shown].join("\n");
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
      .showHelpAfterError(
        `hint: \`countersign ${[...wordsOf(parent), word].join(" ")} --help\` lists the commands`,
      )
  );
}

const wordsOf = (command: Command): readonly string[] =>
  command.parent === null ? [] : [...wordsOf(command.parent), command.name()];

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
