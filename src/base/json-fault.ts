/** Where a text stops being JSON, and what could stand there. */
export interface JsonFault {
  readonly offset: number;
  readonly expected: string;
}

type Kind = "{" | "}" | "[" | "]" | "," | ":" | "string" | "other" | "end" | "bad";
type Expecting =
  | "value"
  | "first name"
  | "name"
  | "colon"
  | "first item"
  | "after member"
  | "after item"
  | "end";

const EXPECTED: Readonly<Record<Expecting, string>> = {
  value: "a value",
  "first name": 'a name in `"…"`, or `}`',
  name: 'a name in `"…"`',
  colon: "`:`",
  "first item": "a value, or `]`",
  "after member": "`,` or `}`",
  "after item": "`,` or `]`",
  end: "nothing more",
};

/** RFC 8259: white space, then one token. */
const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])|($)|)/y;

/** The first fault of a text that is no JSON; undefined for one that is. Linear. */
export function jsonFault(text: string): JsonFault | undefined {
  const pattern = new RegExp(TOKEN);
  const open: ("{" | "[")[] = [];
  let expecting: Expecting = "value";
  const afterValue = (): Expecting => {
    const around = open.at(-1);
    return around === undefined ? "end" : around === "{" ? "after member" : "after item";
  };
  for (;;) {
    const [whole = "", mark, string, other, end] = pattern.exec(text) ?? [];
    const token = mark ?? string ?? other ?? "";
    const offset = pattern.lastIndex - token.length;
    const kind = kindOf(mark, string, other, end);
    if (kind === "end" && expecting === "end") return undefined;
    const opens: boolean = kind === "{" || kind === "[";
    const isValue = expecting === "value" || expecting === "first item";
    if (isValue && (opens || kind === "string" || kind === "other")) {
      if (kind === "{" || kind === "[") open.push(kind);
      expecting = kind === "{" ? "first name" : kind === "[" ? "first item" : afterValue();
    } else if ((expecting === "first name" || expecting === "name") && kind === "string") expecting = "colon";
    else if (expecting === "colon" && kind === ":") expecting = "value";
    else if (expecting === "after member" && kind === ",") expecting = "name";
    else if (expecting === "after item" && kind === ",") expecting = "value";
    else if (closes(expecting, kind)) {
      open.pop();
      expecting = afterValue();
    } else
      return {
        offset: whole === "" && token === "" ? pattern.lastIndex : offset,
        expected: EXPECTED[expecting],
      };
  }
}

const kindOf = (mark?: string, string?: string, other?: string, end?: string): Kind =>
  // a mark is one of the kinds
  (mark as Kind | undefined) ??
  (string !== undefined ? "string" : other !== undefined ? "other" : end !== undefined ? "end" : "bad");

const closes = (expecting: Expecting, kind: Kind): boolean =>
  ((expecting === "first name" || expecting === "after member") && kind === "}") ||
  ((expecting === "first item" || expecting === "after item") && kind === "]");
