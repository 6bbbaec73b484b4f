import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { PICTURES } from "../../console/pictures.ts";
import { LONG } from "../support/long.ts";
import { missing } from "../support/tools.ts";
import { axeFaults } from "./axe.ts";
import { openStage, overflow, type Stage, wordsFor } from "./stage.ts";
import { openChromium, type VisitorOptions } from "./visitor.ts";

const skip = missing("chromium");
/** Pages at a time: there are two cores. */
const AT_ONCE = 2;

const LOOKS: readonly VisitorOptions[] = [
  { phone: false, dark: false },
  { phone: true, dark: true },
  ...(LONG
    ? [
        { phone: false, dark: true },
        { phone: true, dark: false },
        { phone: false, dark: false, locale: "de-DE" },
        { phone: true, dark: true, locale: "de-DE" },
      ]
    : []),
];

let browser: Browser;
let stage: Stage;

before(async () => {
  if (skip !== false) return;
  browser = await openChromium();
  stage = await openStage(browser);
});
after(async () => {
  await stage?.[Symbol.asyncDispose]();
  await browser?.close();
});

for (const look of LOOKS) {
  const { phone = false, dark = false, locale = "en-GB" } = look;
  test(`nothing is wrong with any page, ${phone ? 390 : 1280} wide, ${dark ? "dark" : "light"}, ${locale}`, {
    skip,
  }, async () => {
    const names = Object.keys(PICTURES);
    assert.ok(names.length > 30);
    // in the short form each page is looked at once, by one look or the other
    const waiting = LONG ? names : names.filter((_, at) => at % 2 === (phone ? 1 : 0));
    const faults = await Promise.all(Array.from({ length: AT_ONCE }, () => lookAt(waiting, look)));
    assert.deepEqual(faults.flat(), []);
  });
}

/** Takes one page after the other, and tells what is wrong with each. */
async function lookAt(waiting: string[], look: VisitorOptions): Promise<readonly string[]> {
  const { page, turnTo, context, complaints } = await stage.open(look);
  const faults: string[] = [];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    try {
      await turnTo(name);
      const found = [...(await formFaults(page, look)), ...(await axeFaults(page)), ...complaints.splice(0)];
      faults.push(...found.map((fault) => `${name}: ${fault}`));
    } catch (error) {
      faults.push(`${name}: ${error}`);
    }
  }
  await context.close();
  return faults;
}

/** Wider than its window, without one title, or in another language than it says. */
async function formFaults(page: Page, { locale }: VisitorOptions): Promise<readonly string[]> {
  const wider = await overflow(page);
  // a help panel that is shut keeps its own
  const titles = await page.locator("h1:visible").allInnerTexts();
  const language = locale?.split("-")[0] ?? "en";
  const wanted: readonly (readonly [fault: string, seen: unknown, wanted: unknown])[] = [
    ["wider than the window", wider, 0],
    ["titles", titles.length, 1],
    ["name of the tab", await namesPage(page, wordsFor(locale).product), true],
    ["language", await page.locator("html").getAttribute("lang"), language],
  ];
  return wanted
    .filter(([, seen, should]) => seen !== should)
    .map(([fault, seen, should]) => `${fault}: ${seen}, not ${should}`);
}

/** The tab's name is the product's behind one that stands on the page. */
async function namesPage(page: Page, product: string): Promise<boolean> {
  const [name = "", by] = (await page.title()).split(" · ");
  const text = (await page.locator("body").textContent()) ?? "";
  return name !== "" && by === product && text.includes(name);
}
