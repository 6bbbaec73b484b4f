import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { parseSettingsFile } from "./file.ts";
import {
  ENVIRONMENT_PREFIX,
  environmentOf,
  flagOf,
  isTakenBy,
  SETTING_KEYS,
  type SettingKey,
  type Settings,
  type SettingUser,
  settingName,
  settingOfVariable,
  settingRow,
} from "./settings.ts";

/** Variables of the test-suite, which may be set while it starts servers. */
const TEST_PREFIX = `${ENVIRONMENT_PREFIX}TEST_`;

/** What stands for bytes that are no UTF-8: a file of that name would be another than the one that was meant. */
export const UNREADABLE = "\u{fffd}";

type Environment = Record<string, string | undefined>;

/** Where settings come from. Flags win over the environment, the environment over the file. */
export interface SettingSources {
  /** By key; `true` for a switch. What is not a setting is passed over. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** Secrets are taken out of it once read (DESIGN 3.7). */
  readonly env: Environment;
  /** The text of a file; throws where it cannot be read. */
  readonly readFile: (path: string) => string;
}

export interface SettingsProblem {
  /** A flag is wrong usage; the rest is a failure to start. */
  readonly source: "flag" | "environment" | "file";
  readonly sentence: string;
}

interface Written {
  readonly text: string;
  readonly source: SettingsProblem["source"];
  /** The place as its writer knows it: `--listen`, `COUNTERSIGN_LISTEN`, `listen in FILE`. */
  readonly place: string;
}

/** Reads and checks every setting that `user` takes; the others keep their standard. The first problem is the answer. */
export function loadSettings(user: SettingUser, sources: SettingSources): Outcome<Settings, SettingsProblem> {
  const unknown = unknownVariable(sources.env);
  if (unknown !== undefined)
    return refuse({ source: "environment", sentence: `unknown setting \`${unknown}\` in the environment` });
  const config = writtenOutside("config", sources);
  const file =
    config === undefined ? accept(new Map<SettingKey, Written>()) : readSettingsFile(config, sources);
  if (!file.ok) return file;
  const values: Partial<Record<SettingKey, unknown>> = {};
  for (const key of SETTING_KEYS) {
    const written = isTakenBy(key, user) ? (writtenOutside(key, sources) ?? file.value.get(key)) : undefined;
    const value = parseSetting(key, written);
    if (!value.ok) return value;
    values[key] = value.value;
  }
  // each value came from its own row's parser
  return accept(Object.freeze(values) as Settings);
}

const unknownVariable = (env: Environment): string | undefined =>
  Object.keys(env).find(
    (name) =>
      name.startsWith(ENVIRONMENT_PREFIX) &&
      !name.startsWith(TEST_PREFIX) &&
      settingOfVariable(name) === undefined,
  );

function writtenOutside(key: SettingKey, { flags, env }: SettingSources): Written | undefined {
  const flag = flags[key];
  if (flag !== undefined) return { text: String(flag), source: "flag", place: flagOf(key) };
  const variable = environmentOf(key);
  const text = env[variable];
  if (text !== undefined && settingRow(key).secret) delete env[variable];
  return text === undefined ? undefined : { text, source: "environment", place: variable };
}

function readSettingsFile(
  { text: path, source }: Written,
  sources: SettingSources,
): Outcome<ReadonlyMap<SettingKey, Written>, SettingsProblem> {
  let text: string;
  try {
    text = sources.readFile(path);
  } catch (error) {
    const why = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    return refuse({
      source: source === "flag" ? "file" : source,
      sentence: `cannot read the settings file \`${path}\`${why}`,
    });
  }
  const parsed = parseSettingsFile(text);
  if (!parsed.ok) return refuse({ source: "file", sentence: `settings file \`${path}\`: ${parsed.error}` });
  const place = (key: SettingKey) => `${settingName(key)} in ${path}`;
  return accept(
    new Map(
      [...parsed.value].map(
        ([key, value]) => [key, { text: value, source: "file", place: place(key) }] as const,
      ),
    ),
  );
}

function parseSetting(key: SettingKey, written: Written | undefined): Outcome<unknown, SettingsProblem> {
  const { type, standard, secret, unrepeated } = settingRow(key);
  const text = written?.text ?? standard;
  if (text === undefined) return accept(undefined);
  const wanted = text === "" ? "a value" : text.includes(UNREADABLE) ? "UTF-8 text" : undefined;
  const parsed = wanted === undefined ? type.parse(text) : refuse(wanted);
  if (parsed.ok) return parsed;
  const seen = secret || unrepeated || text === "" ? "" : `, not \`${shown(text)}\``;
  const { source, place } = written ?? { source: "file", place: settingName(key) };
  return refuse({ source, sentence: `\`${place}\` takes ${parsed.error}${seen}` });
}

/** Enough to know the value by; a terminal is sent nothing but what it can show. */
const MOST_SHOWN = 80;

function shown(text: string): string {
  const line = text.replace(/\p{Cc}/gu, "?");
  return line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line;
}
