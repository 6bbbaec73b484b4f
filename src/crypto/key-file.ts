import { fromBase64Url, toBase64Url } from "#base/bytes.ts";
import { epochMs, isoSeconds } from "#base/clock.ts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { KEY_BYTES, type RootKey, type RootKeyState, rootKey } from "./root-key.ts";

/**
 * The text form of root keys, in a file or an environment variable: a key a line, the newest first and alone active.
 *
 *     active csk1_…
 *     retired 2026-11-02T03:04:05Z csk1_…
 *
 * Lines that begin with `#` are comments. Sentences about a bad one name its line and never quote it: it may be the key.
 */
const HEAD =
  "# Countersign root keys, newest first. Whoever has this file can read every secret of the database.\n";

/** So that scanners for leaked secrets know one when they see it. */
const PREFIX = "csk1_";

export function renderKeyFile(keys: readonly RootKey[]): string {
  return `${HEAD}${keys.map((key) => `${renderState(key)} ${PREFIX}${toBase64Url(key.bytes)}\n`).join("")}`;
}

const renderState = (key: RootKey): string =>
  key.state === "active" ? key.state : `${key.state} ${isoSeconds(key.since)}`;

/** The keys of `text`, newest first, or a sentence that says what is wrong with it. */
export function parseKeyFile(text: string): Outcome<readonly RootKey[], string> {
  const keys: RootKey[] = [];
  for (const [index, line] of text.replace(/\n$/, "").split("\n").entries()) {
    if (line.startsWith("#")) continue;
    const key = parseLine(line);
    if (!key.ok) return refuse(`line ${index + 1} of the key file: ${key.error}`);
    keys.push(key.value);
  }
  const wrong = wrongTogether(keys);
  return wrong === undefined ? accept(keys) : refuse(`the key file ${wrong}`);
}

function parseLine(line: string): Outcome<RootKey, string> {
  const [, word = "", time, , encoded = ""] = /^(\S+) (?:(\S+) )?(csk1_)(\S+)$/.exec(line) ?? [];
  const bytes = fromBase64Url(encoded);
  if (bytes?.length !== KEY_BYTES) {
    return refuse(`expected a state, a time unless active, and \`${PREFIX}\` with 43 base64url characters`);
  }
  const state = parseState(word, time);
  return state.ok ? accept(rootKey(bytes, state.value)) : state;
}

function parseState(word: string, time: string | undefined): Outcome<RootKeyState, string> {
  if (word === "active")
    return time === undefined ? accept({ state: word }) : refuse("an active key has no time");
  if (word !== "retired" && word !== "compromised") {
    return refuse("expected the state `active`, `retired` or `compromised`");
  }
  const since = Date.parse(time ?? "");
  if (Number.isNaN(since) || isoSeconds(since) !== time) {
    return refuse(`a ${word} key has the time since when, as in \`2026-11-02T03:04:05Z\``);
  }
  return accept({ state: word, since: epochMs(since) });
}

function wrongTogether(keys: readonly RootKey[]): string | undefined {
  if (keys.length === 0) return "has no key";
  if (keys[0]?.state !== "active") return "must begin with the active key";
  if (keys.filter((key) => key.state === "active").length > 1) return "has more than one active key";
  return new Set(keys.map((key) => key.id)).size < keys.length ? "has a key twice" : undefined;
}
