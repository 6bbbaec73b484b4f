import { environmentOf, flagOf, SETTING_KEYS, type SettingKey, settingName, settingRow } from "./settings.ts";

/** A setting's line in a help page: what it does, its standard, its variable. */
export function docOf(key: SettingKey): string {
  const { doc } = settingRow(key);
  const standard = standardOf(key);
  return `${doc} (${standard === undefined ? "" : `default ${standard}; `}${environmentOf(key)})`;
}

function standardOf(key: SettingKey): string | undefined {
  const { standard, standardInWords, type } = settingRow(key);
  if (type.placeholder === undefined) return undefined;
  return standardInWords ?? standard;
}

/** The settings' page of the reference, in Markdown. */
export function renderSettingsReference(): string {
  return [
    "| setting | flag | variable | value | default | what it does |",
    "|---|---|---|---|---|---|",
    ...SETTING_KEYS.map(referenceRow),
  ].join("\n");
}

function referenceRow(key: SettingKey): string {
  const { type, secret, doc } = settingRow(key);
  const flag = secret ? "none" : `\`${flagOf(key)}\``;
  const value =
    type.placeholder === undefined ? "`true` or `false`" : `\`${type.placeholder.replaceAll("|", "\\|")}\``;
  const standard = settingRow(key).standardInWords ?? code(settingRow(key).standard) ?? "none";
  return `| \`${settingName(key)}\` | ${flag} | \`${environmentOf(key)}\` | ${value} | ${standard} | ${doc} |`;
}

const code = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : `\`${text}\``;
