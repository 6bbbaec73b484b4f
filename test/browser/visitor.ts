import { type Browser, type BrowserContext, chromium, type Page, type Request } from "playwright-core";
import { becomes } from "../support/becomes.ts";
import { tool } from "../support/tools.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // a page that is loaded anew would begin with a process of its own, which is half of what it costs
  "--renderer-process-limit=1",
];

/** Chromium, the machine's own. */
export const openChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: tool("chromium") ?? "chromium", args: FLAGS });

/** Only a bound: far more than any page takes, also on a slow machine with other work. */
const WITHIN_MS = 45_000;

/** One person's browser, which shares nothing with another's, and its first tab. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What its pages threw, or were refused by the content security policy. A test ends with none. */
  readonly complaints: string[];
}

export interface VisitorOptions {
  readonly phone?: boolean;
  readonly dark?: boolean;
  readonly locale?: string;
}

export async function openVisitor(browser: Browser, options: VisitorOptions = {}): Promise<Visitor> {
  const { phone = false, dark = false, locale = "en-GB" } = options;
  const context = await browser.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    hasTouch: phone,
    isMobile: phone,
    colorScheme: dark ? "dark" : "light",
    // nobody waits for what moves
    reducedMotion: "reduce",
    locale,
  });
  context.setDefaultTimeout(WITHIN_MS);
  const complaints: string[] = [];
  context.on("page", (page) => {
    const open = new Set<Request>();
    unanswered.set(page, open);
    page.on("request", (request) => open.add(request));
    page.on("requestfinished", (request) => open.delete(request));
    page.on("requestfailed", (request) => open.delete(request));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      // a browser says so of every refusal, also of one that the page expects and tells
      if (message.type() === "error" && !/status of 4\d\d/.test(message.text()))
        complaints.push(message.text());
    });
  });
  return { context, page: await context.newPage(), complaints };
}

const unanswered = new WeakMap<Page, ReadonlySet<Request>>();

/**
 * Waits until a page has asked for all that it wants and shows it: what is asked before a leap of the clock and answered after
 * it would be refused.
 */
export async function atRest(page: Page): Promise<void> {
  const open = () => unanswered.get(page)?.size ?? 0;
  do {
    await becomes(0, open);
    // what came is drawn by then, and what that asks for is under way
    await page.evaluate("new Promise((idle) => requestIdleCallback(() => requestIdleCallback(idle)))");
  } while (open() > 0);
}
