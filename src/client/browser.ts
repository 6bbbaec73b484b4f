import type { Send } from "./client.ts";

/** The part of a browser's `fetch` that is used. */
export type Fetch = (
  url: string,
  init: {
    readonly method: "POST";
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly credentials: "same-origin";
    readonly cache: "no-store";
    readonly redirect: "error";
  },
) => Promise<FetchAnswer>;

interface FetchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** What every request of the console carries: no form and no foreign page can send it unasked. */
export const CONSOLE_HEADER = "x-countersign-console";
export const CONSOLE_PATH = "/console/api";

/** Sends with the cookies of the page's own origin. `ask` is the browser's `fetch`. */
export const browserSend =
  (ask: Fetch): Send =>
  async ({ headers, body }) => {
    const answer = await ask(CONSOLE_PATH, {
      method: "POST",
      headers: { ...headers, [CONSOLE_HEADER]: "1" },
      body,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
    });
    const requestId = answer.headers.get("x-amzn-requestid") ?? undefined;
    return { status: answer.status, requestId, body: await answer.text() };
  };
