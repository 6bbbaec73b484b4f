import { readFileSync } from "node:fs";
import { loadSettings, type SettingsProblem } from "#config/load.ts";
import { brokenRule } from "#config/rules.ts";
import type { Settings, SettingUser } from "#config/settings.ts";
import type { CommandRow, Invocation } from "./commands/command.ts";
import type { Wiring } from "./commands/wiring.ts";
import type { Io, OutputForm } from "./terminal/io.ts";
import { Refusal } from "./terminal/refusal.ts";

type Options = Readonly<Record<string, unknown>>;

/** Runs `row` with what commander read: options by camel-cased name, arguments in order. */
export async function invoke(
  row: CommandRow,
  options: Options,
  args: readonly string[],
  io: Io,
  wiring: Wiring,
): Promise<number> {
  const settings = row.settings === undefined ? NO_SETTINGS : settingsFor(row.settings, options, io);
  const given = (name: string) =>
    options[name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())];
  const invocation: Invocation = {
    settings,
    option: (name) => {
      const value = given(name);
      return typeof value === "string" ? value : undefined;
    },
    switched: (name) => given(name) === true,
    argument: (at) => args[at],
    // commander let nothing but the three forms pass
    output: (options.output as OutputForm | undefined) ?? "text",
    io,
    wiring,
  };
  return row.run(invocation);
}

// a command that takes no settings reads none
const NO_SETTINGS = Object.freeze({}) as Settings;

function settingsFor(user: SettingUser, flags: Options, { env }: Io): Settings {
  const loaded = loadSettings(user, { flags, env, readFile: (path) => readFileSync(path, "utf8") });
  if (!loaded.ok) throw problem(loaded.error);
  const broken = brokenRule(loaded.value);
  if (broken !== undefined) throw new Refusal(broken.sentence, { hint: broken.hint });
  return loaded.value;
}

const problem = ({ source, sentence }: SettingsProblem): Refusal =>
  new Refusal(sentence, { status: source === "flag" ? 2 : 1 });
