/**
 * `npm run screenshots [PLACE [NAME…]]`: pictures of each page, 390 and 1280 wide, light and dark, into PLACE
 * (`console/dist.pictures`). They show the built console against a stand-in, under the headers that the server sends; what the
 * policy refuses or a page throws is printed, and fails the run. `PICTURES_LOCALE=de-DE` is another reader's browser.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openStage, overflow, type Viewer } from "../test/browser/stage.ts";
import { openChromium } from "../test/browser/visitor.ts";
import { PICTURES } from "./pictures.ts";

const LOOKS = [
  { phone: false, dark: false },
  { phone: false, dark: true },
  { phone: true, dark: false },
  { phone: true, dark: true },
] as const;
type Look = (typeof LOOKS)[number];

const [place = join(import.meta.dirname, "dist.pictures"), ...names] = process.argv.slice(2);
const locale = process.env.PICTURES_LOCALE ?? "en-GB";
mkdirSync(place, { recursive: true });

const complaints: string[] = [];
const browser = await openChromium();
const stage = await openStage(browser);
for (const look of LOOKS) {
  const viewer = await stage.open({ ...look, locale });
  for (const name of names.length > 0 ? names : Object.keys(PICTURES)) await take(viewer, name, look);
  await viewer.context.close();
}
await stage[Symbol.asyncDispose]();
await browser.close();
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;

async function take({ page, show, complaints: said }: Viewer, name: string, look: Look): Promise<void> {
  const file = `${name}-${look.phone ? 390 : 1280}-${look.dark ? "dark" : "light"}`;
  try {
    await show(name);
    // what slides in has arrived
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(place, `${file}.png`), fullPage: true });
    const wider = await overflow(page);
    if (wider > 0) said.push(`${wider} px wider than the window`);
  } catch (error) {
    said.push(String(error));
  }
  complaints.push(...said.splice(0).map((complaint) => `${file}: ${complaint}`));
}
