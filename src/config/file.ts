import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { type SettingKey, settingNamed, settingRow } from "./settings.ts";

/**
 * Settings files are lines of `name = value`; blank lines and lines that start with `#` are passed over. A value runs to the
 * end of its line, without the white space around it; there are no quotes and no continuations.
 */
export function parseSettingsFile(text: string): Outcome<ReadonlyMap<SettingKey, string>, string> {
  const values = new Map<SettingKey, string>();
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [, name = "", value = ""] = /^\s*([^\s=]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    const problem = name === "" ? "is not `name = value`" : problemOf(name, values);
    // the line itself is not repeated: it may be a secret that slipped into the file
    if (problem !== undefined) return refuse(`line ${at + 1} ${problem}`);
    // problemOf has looked the name up
    values.set(settingNamed(name) as SettingKey, value);
  }
  return accept(values);
}

function problemOf(name: string, seen: ReadonlyMap<SettingKey, string>): string | undefined {
  const key = settingNamed(name);
  if (key === undefined) return `names an unknown setting \`${name}\``;
  if (settingRow(key).secret || key === "config") return `sets \`${name}\`, which cannot stand in a file`;
  return seen.has(key) ? `sets \`${name}\` a second time` : undefined;
}
