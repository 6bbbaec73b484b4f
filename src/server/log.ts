import { destination, pino } from "pino";

/** The part of a logger that the server uses; one JSON object a line. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Logs on standard error, one JSON object a line. What is logged is chosen where it is logged: never a code, secret or body. */
export function openLog(level: "debug" | "info" | "warn" | "error", out = destination(2)): Log {
  const timestamp = () => `,"time":"${new Date().toISOString()}"`;
  return pino({ level, base: null, timestamp, serializers: { err: errorFacts } }, out);
}

const DEEPEST_CAUSE = 5;

/** What is told of an error. Not its other members: PostgreSQL's errors carry the row that failed, with what is in it. */
function errorFacts(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack, cause } = error;
  const told = { type: name, message, stack, ...codeOf(error) };
  return cause instanceof Error && depth < DEEPEST_CAUSE
    ? { ...told, cause: errorFacts(cause, depth + 1) }
    : told;
}

const codeOf = (error: Error): { code?: string } =>
  "code" in error && typeof error.code === "string" ? { code: error.code } : {};
