/**
 * `npm run screenshots -- [--into FOLDER] [--look LOOK]… [NAME…]`: pictures of each page, 390 and 1280 wide, light and dark, or
 * only in those looks (`--look 390-dark`), into FOLDER (`console/dist.pictures`). They show the built console against a stand-in,
 * under the headers that the server sends; what the policy refuses or a page throws is printed, and fails the run.
 * `PICTURES_LOCALE=de-DE` is another reader's browser. With `--papers` it makes those of README.md, into `docs/pictures`.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { openStage, overflow, type Viewer } from "../test/browser/stage.ts";
import { openChromium } from "../test/browser/visitor.ts";
import { PICTURES } from "./pictures.ts";

const LOOKS = [
  { phone: false, dark: false },
  { phone: false, dark: true },
  { phone: true, dark: false },
  { phone: true, dark: true },
];
/** File names of the papers' pictures, what they show, and how much of it. */
const PAPERS: readonly (readonly [file: string, picture: string, width: number, height: number])[] = [
  ["second-factor", "factor", 800, 560],
  ["assign-device", "assign-qr", 1100, 780],
  ["dashboard", "dashboard", 1100, 780],
];

const { values, positionals } = parseArgs({
  options: {
    into: { type: "string" },
    look: { type: "string", multiple: true },
    papers: { type: "boolean" },
  },
  allowPositionals: true,
});
const names = positionals.length > 0 ? positionals : Object.keys(PICTURES);
const locale = process.env.PICTURES_LOCALE ?? "en-GB";
const complaints: string[] = [];
const browser = await openChromium();
const stage = await openStage(browser);

await (values.papers === true
  ? takePapers(join(import.meta.dirname, "../docs/pictures"))
  : takeAll(values.into ?? join(import.meta.dirname, "dist.pictures")));

await stage[Symbol.asyncDispose]();
await browser.close();
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;

async function takeAll(place: string): Promise<void> {
  mkdirSync(place, { recursive: true });
  for (const look of LOOKS) {
    const viewer = await stage.open({ ...look, locale });
    const size = viewer.page.viewportSize() ?? { width: 0, height: 0 };
    const called = `${size.width}-${look.dark ? "dark" : "light"}`;
    for (const name of values.look?.includes(called) === false ? [] : names) {
      await viewer.page.setViewportSize(size);
      await take(viewer, name, join(place, `${name}-${called}.png`), wholePage);
    }
    await viewer.context.close();
  }
}

async function takePapers(place: string): Promise<void> {
  mkdirSync(place, { recursive: true });
  const viewer = await stage.open({});
  for (const [file, name, width, height] of PAPERS) {
    await viewer.page.setViewportSize({ width, height });
    await take(viewer, name, join(place, `${file}.png`));
  }
}

async function take(
  { page, turnTo, complaints: said }: Viewer,
  name: string,
  path: string,
  prepare: (page: Page) => Promise<void> = async () => {},
): Promise<void> {
  try {
    await turnTo(name);
    await prepare(page);
    await page.mouse.move(0, 0);
    // what slides in has arrived
    await page.waitForTimeout(300);
    await page.screenshot({ path });
    const wider = await overflow(page);
    if (wider > 0) said.push(`${wider} px wider than the window`);
  } catch (error) {
    said.push(String(error));
  }
  complaints.push(...said.splice(0).map((complaint) => `${path}: ${complaint}`));
}

/** Makes the window as high as the page. A browser's own way to a picture of it all moves the console's frame about. */
async function wholePage(page: Page): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const needed: number = await page.evaluate("document.documentElement.scrollHeight");
  await page.setViewportSize({ width, height: Math.max(height, needed) });
}
