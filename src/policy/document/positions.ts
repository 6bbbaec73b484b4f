/** A place in a text, both from 1. A tab is one column. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Span {
  readonly start: Position;
  readonly end: Position;
}

/** A string, or one of JSON's marks; what lies between is white space and words. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g;

/** How deep the walk is where a statement has ended: in the list of statements, or in the document whose only one it was. */
type Depth = 1 | 2;

/**
 * Where the statements of a document stand, in its order, as AWS tells it (recorded 2026): up to behind the closing brace, and
 * from behind what its parser had read before: the bracket of the list, the statement before, or a lone statement's own brace.
 * For text that is a policy document; linear.
 */
export function statementSpans(text: string): readonly Span[] {
  const spans: Span[] = [];
  const positionAt = positionsIn(text);
  let depth = 0;
  let member = "";
  let lastString = "";
  let next: { readonly start: Position; readonly endsAt: Depth } | undefined;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const behind = index + token.length;
    if (token === "{" || token === "[") {
      const endsAt = token === "[" ? 2 : 1;
      if (depth === 1) next = member === "Statement" ? { start: positionAt(behind), endsAt } : undefined;
      depth += 1;
    } else if (token === "}" || token === "]") {
      depth -= 1;
      if (next === undefined || depth !== next.endsAt) continue;
      const end = positionAt(behind);
      spans.push({ start: next.start, end });
      next = { ...next, start: end };
    } else if (token === ":") {
      if (depth === 1) member = JSON.parse(lastString);
    } else lastString = token;
  }
  return spans;
}

/** Tells the position of an offset; each must be behind the one before. */
function positionsIn(text: string): (offset: number) => Position {
  const ends = text.matchAll(/\r\n|\r|\n/g);
  let line = 1;
  let lineStart = 0;
  let end = ends.next().value;
  return (offset) => {
    for (; end !== undefined && end.index < offset; end = ends.next().value) {
      line += 1;
      lineStart = end.index + end[0].length;
    }
    return { line, column: offset - lineStart + 1 };
  };
}

/** Tells the position of any offset of a text, in any order. */
export function placesIn(text: string): (offset: number) => Position {
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ 0: end, index }) => index + end.length)];
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
