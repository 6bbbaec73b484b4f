import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
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
  context.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  context.on("page", (page) => {
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      // a browser says so of every refusal, also of one that the page expects and tells
      if (message.type() === "error" && !/status of 4\d\d/.test(message.text()))
        complaints.push(message.text());
    });
  });
  return { context, page: await context.newPage(), complaints };
}
