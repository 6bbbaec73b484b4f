import { accept, type Outcome, refuse } from "./outcome.ts";

/** JSON as it was written: members in order, no prototype, numbers and booleans as their text. */
export type Json =
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "number" | "boolean"; readonly value: string }
  | { readonly type: "null" }
  | { readonly type: "array"; readonly items: readonly Json[] }
  | { readonly type: "object"; readonly members: ReadonlyMap<string, Json> };

/** A policy is seven deep at most: document, Statement, statement, Condition, operator, key, value. An input of ours is less. */
const MAX_DEPTH = 16;

/** White space, then one token. For text that is JSON already: a word is then a number, a boolean or null. */
const TOKEN = /[ \t\n\r]*([{}[\],:]|"[^"\\]*(?:\\.[^"\\]*)*"|[^ \t\n\r{}[\],:"]+)/y;

interface Tokens {
  /** The token at the front, which stays there. */
  peek(): string;
  next(): string;
}

/**
 * Reads JSON strictly (RFC 8259) and in linear time. Refused besides what is no JSON: a member named twice in one object,
 * escapes resolved, and nesting deeper than 16.
 */
export function readJson(text: string): Outcome<Json, "invalid" | "duplicate" | "deep"> {
  try {
    JSON.parse(text);
  } catch {
    return refuse("invalid");
  }
  return readValue(tokensOf(text), 0);
}

function tokensOf(text: string): Tokens {
  const pattern = new RegExp(TOKEN);
  const take = () => pattern.exec(text)?.[1] ?? "";
  let front = take();
  return {
    peek: () => front,
    next: () => {
      const token = front;
      front = take();
      return token;
    },
  };
}

type Read = Outcome<Json, "duplicate" | "deep">;

function readValue(tokens: Tokens, depth: number): Read {
  const token = tokens.next();
  if (token !== "{" && token !== "[") return accept(scalar(token));
  if (depth === MAX_DEPTH) return refuse("deep");
  return token === "{" ? readObject(tokens, depth + 1) : readArray(tokens, depth + 1);
}

function scalar(token: string): Json {
  if (token.startsWith('"')) return { type: "string", value: JSON.parse(token) };
  if (token === "null") return { type: "null" };
  return { type: token === "true" || token === "false" ? "boolean" : "number", value: token };
}

function readObject(tokens: Tokens, depth: number): Read {
  const members = new Map<string, Json>();
  while (tokens.peek() !== "}") {
    const name: string = JSON.parse(tokens.next());
    tokens.next(); // the colon
    const value = readValue(tokens, depth);
    if (!value.ok) return value;
    if (members.has(name)) return refuse("duplicate");
    members.set(name, value.value);
    if (tokens.peek() === ",") tokens.next();
  }
  tokens.next();
  return accept({ type: "object", members });
}

function readArray(tokens: Tokens, depth: number): Read {
  const items: Json[] = [];
  while (tokens.peek() !== "]") {
    const item = readValue(tokens, depth);
    if (!item.ok) return item;
    items.push(item.value);
    if (tokens.peek() === ",") tokens.next();
  }
  tokens.next();
  return accept({ type: "array", items });
}
