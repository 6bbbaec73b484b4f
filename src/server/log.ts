import { destination, pino } from "pino";
import type { Log } from "./serve.ts";

/** Logs on standard error, one JSON object a line. What is logged is chosen where it is logged: never a code, secret or body. */
export function openLog(level: "debug" | "info" | "warn" | "error"): Log {
  return pino(
    { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` },
    destination(2),
  );
}
