import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach } from "vitest";

// pages load when they are asked for, and on a busy machine that takes a while; what fails is told without the whole page
configure({
  asyncUtilTimeout: 50_000,
  getElementError: (message) => new Error(message ?? "no such element"),
});
afterEach(cleanup);

// some components leave a timer behind when they go: it must not find the file's window gone
const setTimer = globalThis.setTimeout;
const timers = new Set<ReturnType<typeof setTimer>>();
globalThis.setTimeout = Object.assign((...args: Parameters<typeof setTimer>) => {
  const timer = setTimer(...args);
  timers.add(timer);
  return timer;
}, setTimer);
afterAll(() => {
  for (const timer of timers) clearTimeout(timer);
});

// a window alone: the files of tests run at once, and are no tabs of one browser
globalThis.BroadcastChannel = class extends EventTarget {
  postMessage() {}
} as unknown as typeof BroadcastChannel;
