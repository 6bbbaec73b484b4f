import { applyMode, Mode } from "@cloudscape-design/global-styles";
import { keep, kept } from "./kept.ts";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

export const chosenTheme = (): Theme => THEMES.find((theme) => theme === kept("theme")) ?? "system";

/** From now on; follows the system where that was chosen. */
export function startTheme(): void {
  show(chosenTheme());
  systemIsDark.addEventListener("change", () => show(chosenTheme()));
}

export function chooseTheme(theme: Theme): void {
  keep("theme", theme);
  show(theme);
}

function show(theme: Theme): void {
  const dark = theme === "dark" || (theme === "system" && systemIsDark.matches);
  applyMode(dark ? Mode.Dark : Mode.Light);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}
