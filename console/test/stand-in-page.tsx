import { render } from "@testing-library/react";
import type { ReactElement } from "react";
import { vi } from "vitest";
import { messages, words } from "../src/words/english.ts";
import { SpeechProvider } from "../src/words/words.tsx";
import { answer, newWorld, type World } from "./stand-in.ts";

export { BAD_CODE, DEVICE, REQUEST_ID } from "./stand-in.ts";

/** Shows `page` in English against a stand-in of the server, and gives what that knows. */
export function show(page: ReactElement, part: Partial<World> = {}): World {
  const world = newWorld(part);
  vi.stubGlobal("fetch", async (input: string | Request, init?: RequestInit) => {
    const request = new Request(new URL(input instanceof Request ? input.url : input, location.href), {
      ...(input instanceof Request ? await partsOf(input) : init),
    });
    const target = request.headers.get("x-amz-target") ?? undefined;
    const { status, headers, body } = answer(world, target, await request.text());
    return new Response(body, { status, headers });
  });
  render(<SpeechProvider first={{ language: "en", words, messages }}>{page}</SpeechProvider>);
  return world;
}

const partsOf = async (request: Request): Promise<RequestInit> => ({
  method: request.method,
  headers: request.headers,
  body: await request.text(),
});
