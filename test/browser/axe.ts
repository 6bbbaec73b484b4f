import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { atRest } from "./visitor.ts";

/** Of WCAG 2.2, what a program can see of its levels A and AA, and what axe-core adds. */
const OPTIONS: RunOptions = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
  // no rule of these reads the style sheets themselves
  preload: false,
};
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds, by rule and element. It comes in by way of the debugger: the page's own policy lets nobody's script in. */
export async function axeFaults(page: Page): Promise<readonly string[]> {
  await atRest(page);
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(axe);
  const results: AxeResults = await page.evaluate(`axe.run(document, ${JSON.stringify(OPTIONS)})`);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
  );
}
