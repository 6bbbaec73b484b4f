import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import QRCode from "qrcode";
import { CONSOLE_PATH } from "#client/browser.ts";
import { publicUrlOf } from "#wire/cookie/same-site.ts";
import { headerValues, type RawRequest, type RawResponse } from "#wire/raw.ts";
import { PICTURES, type Picture } from "../../console/pictures.ts";
import { words as english, type Words } from "../../console/src/words/english.ts";
import { words as german } from "../../console/src/words/german.ts";
import { answer, newWorld, qrCode, type World } from "../../console/test/stand-in.ts";
import { plainAnswer } from "../../src/server/answers.ts";
import { listen } from "../../src/server/http.ts";
import { openSite, type Site } from "../../src/server/site.ts";
import { atRest, openVisitor, type Visitor, type VisitorOptions } from "./visitor.ts";

/** The console as it was built and is served, in front of a stand-in of everything behind it. */
export interface Stage extends AsyncDisposable {
  open(look: VisitorOptions): Promise<Viewer>;
}

/** A visitor who is shown one picture after the other. */
export interface Viewer extends Visitor {
  /** Loads the page, and does what the picture of that name wants done. */
  show(name: string): Promise<void>;
  /** The same without loading: once one page is there the next begins anew inside of it, and nothing is compiled twice. */
  turnTo(name: string): Promise<void>;
}

const CONSOLE = join(import.meta.dirname, "../../console/dist");
const ENROLMENT =
  "otpauth://totp/Countersign:ana%40example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Countersign";

/** What the console says to a browser of `locale`. */
export const wordsFor = (locale: string | undefined): Words => (locale?.startsWith("de") ? german : english);

/** By how many pixels the page is wider than its window: a phone's `innerWidth` would widen to what does not fit. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

export async function openStage(browser: Browser): Promise<Stage> {
  let own = publicUrlOf("http://localhost");
  let site: Site | undefined;
  const page: Site = (raw) => {
    site ??= openSite(CONSOLE, own);
    return site(raw);
  };
  /** What each viewer's browser gets to see, by its cookie. */
  const worlds = new Map<string, World>();
  let viewers = 0;
  const http = await listen({
    host: "127.0.0.1",
    port: 0,
    tooLarge: () => plainAnswer(413, "too large"),
    handle: async (raw) => (raw.target === CONSOLE_PATH ? answerOf(worlds, raw) : page(raw)),
  });
  own = publicUrlOf(`http://localhost:${http.port}`);
  qrCode.base64 = (await QRCode.toBuffer(ENROLMENT, { width: 240 })).toString("base64");
  return {
    async open(look) {
      const visitor = await openVisitor(browser, look);
      const value = String(viewers++);
      await visitor.context.addCookies([{ name: "viewer", value, url: own.origin }]);
      const live = (world: Partial<World>) => worlds.set(`viewer=${value}`, newWorld(structuredClone(world)));
      return { ...visitor, ...viewOf(visitor.page, own.origin, wordsFor(look.locale), live) };
    },
    [Symbol.asyncDispose]: () => http.close(),
  };
}

function answerOf(worlds: ReadonlyMap<string, World>, raw: RawRequest): RawResponse {
  const world = worlds.get(headerValues(raw, "cookie")[0] ?? "");
  if (world === undefined) return plainAnswer(404, "whose browser is this?");
  return answer(world, headerValues(raw, "x-amz-target")[0], new TextDecoder().decode(raw.body));
}

const isSignIn = (path: string): boolean => /^\/(?:signin|setup)/.test(path);

function viewOf(
  page: Page,
  origin: string,
  words: Words,
  live: (world: Partial<World>) => void,
): Pick<Viewer, "show" | "turnTo"> {
  const titled = (name?: string) =>
    page
      .getByRole("heading", { level: 1, ...(name === undefined ? {} : { name, exact: true }) })
      .first()
      .waitFor();
  const push = (path: string) => page.evaluate(`history.pushState(null, "", ${JSON.stringify(path)})`);
  const finish = async ({ steps }: Picture) => {
    await titled();
    await steps?.(page, words);
    // what loads has come
    await page.locator(".skeleton").first().waitFor({ state: "detached" });
    await page.getByText(words.common.loading, { exact: true }).first().waitFor({ state: "detached" });
    await atRest(page);
  };
  const show = async (name: string) => {
    const picture = pictureOf(name);
    live(picture.world);
    // to the address where it is already, a browser would not go anew
    await page.goto("about:blank");
    await page.goto(`${origin}${picture.path}`);
    await finish(picture);
  };
  const toConsole = async () => {
    live({});
    await push("/nowhere");
    await titled(words.notFound.title);
  };
  const toSignIn = async () => {
    live({ signIn: { Step: "password", ServerTime: Date.now() } });
    await push("/signin");
    await titled(words.signIn.title);
  };
  const turnTo = async (name: string) => {
    if (page.url() === "about:blank") return show(name);
    const picture = pictureOf(name);
    // what is left for the console's other half has nothing to come back to
    const from = isSignIn(new URL(page.url()).pathname);
    if (from === isSignIn(picture.path)) await (from ? toConsole() : toSignIn());
    live(picture.world);
    await push(picture.path);
    await finish(picture);
  };
  return { show, turnTo };
}

function pictureOf(name: string): Picture {
  const picture = PICTURES[name];
  if (picture === undefined) throw new Error(`there is no picture of \`${name}\``);
  return picture;
}
