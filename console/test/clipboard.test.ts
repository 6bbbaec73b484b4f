import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { copy } from "../src/parts/clipboard.ts";

const MINUTE = 60_000;
/** What the clipboard holds, and whether the browser lets the page write to it: only where it is in front. */
const clipboard = { holds: "", inFront: true };

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(clipboard, { holds: "", inFront: true });
  vi.stubGlobal("navigator", {
    clipboard: {
      async writeText(text: string) {
        if (!clipboard.inFront) throw new DOMException("not focused", "NotAllowedError");
        clipboard.holds = text;
      },
    },
  });
});
afterEach(async () => {
  // nothing that a test has copied is taken back in the next one
  clipboard.inFront = true;
  await copy("", false);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a secret is gone after a minute, and nothing else is", async () => {
  await copy("seed", true);
  await vi.advanceTimersByTimeAsync(MINUTE - 1);
  expect(clipboard.holds).toBe("seed");
  await vi.advanceTimersByTimeAsync(1);
  expect(clipboard.holds).toBe("");
  await copy("123456789012", false);
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect(clipboard.holds).toBe("123456789012");
});

test("where the page is not in front then, the secret goes when it is again, once", async () => {
  await copy("seed", true);
  clipboard.inFront = false;
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  dispatchEvent(new Event("focus"));
  expect(clipboard.holds).toBe("seed");
  clipboard.inFront = true;
  dispatchEvent(new Event("focus"));
  await vi.advanceTimersByTimeAsync(0);
  expect(clipboard.holds).toBe("");
  clipboard.holds = "of another program";
  dispatchEvent(new Event("focus"));
  await vi.advanceTimersByTimeAsync(0);
  expect(clipboard.holds).toBe("of another program");
});

test("what was copied after it stays", async () => {
  await copy("seed", true);
  await copy("an ARN", false);
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect(clipboard.holds).toBe("an ARN");
});

test("a second secret has a minute of its own", async () => {
  await copy("one", true);
  await vi.advanceTimersByTimeAsync(MINUTE / 2);
  await copy("two", true);
  await vi.advanceTimersByTimeAsync(MINUTE - 1);
  expect(clipboard.holds).toBe("two");
  await vi.advanceTimersByTimeAsync(1);
  expect(clipboard.holds).toBe("");
});
