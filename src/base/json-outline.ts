/** Where something stands in a text: offsets, `end` behind it. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A value of a JSON text and where it stands; what is in it keeps its order, members named twice included. */
export interface Outline extends Place {
  readonly members: readonly Member[];
  readonly items: readonly Outline[];
}

export interface Member {
  readonly name: string;
  readonly namePlace: Place;
  readonly value: Outline;
}

const TOKEN = /[ \t\n\r]*([{}[\],:]|"[^"\\]*(?:\\.[^"\\]*)*"|[^ \t\n\r{}[\],:"]+)/y;

/** The outline of a text that is JSON; what is nested deeper than `mostDeep` is passed over. Linear. */
export function outlineOf(text: string, mostDeep: number): Outline {
  const pattern = new RegExp(TOKEN);
  const next = (): Place & { readonly token: string } => {
    const token = pattern.exec(text)?.[1] ?? "";
    return { token, start: pattern.lastIndex - token.length, end: pattern.lastIndex };
  };
  const value = (token: ReturnType<typeof next>, deep: number): Outline => {
    const open = token.token;
    if (open !== "{" && open !== "[") return { start: token.start, end: token.end, members: [], items: [] };
    if (deep === mostDeep) return { start: token.start, end: skip(), members: [], items: [] };
    const members: Member[] = [];
    const items: Outline[] = [];
    for (let at = next(); at.token !== "}" && at.token !== "]"; at = next()) {
      if (at.token === ",") continue;
      if (open === "[") items.push(value(at, deep + 1));
      else {
        next(); // the colon
        const namePlace = { start: at.start, end: at.end };
        members.push({ name: JSON.parse(at.token), namePlace, value: value(next(), deep + 1) });
      }
    }
    return { start: token.start, end: pattern.lastIndex, members, items };
  };
  const skip = (): number => {
    for (let open = 1; open > 0; ) {
      const { token } = next();
      if (token === "{" || token === "[") open += 1;
      if (token === "}" || token === "]") open -= 1;
    }
    return pattern.lastIndex;
  };
  return value(next(), 0);
}
