import type { Page } from "#ports/page.ts";

/** One of several lists that are paged through as one. */
export interface Part<Row> {
  readonly load: (page: Page) => Promise<readonly Row[]>;
  /** As `load` understands `after`. */
  readonly keyOf: (row: Row) => string;
}

export interface PartRow<Row> {
  /** Tells the part and the row in it. */
  readonly key: string;
  readonly row: Row;
}

/** The `load` of one list (`pageOf` of paging.ts) in which the parts follow each other; its rows carry their key. */
export function inTurn<Row>(parts: readonly Part<Row>[]) {
  return async ({ after, limit }: Page): Promise<readonly PartRow<Row>[]> => {
    const start = after === undefined ? { part: 0, after: undefined } : positionOf(after);
    const rows: PartRow<Row>[] = [];
    for (const [at, part] of parts.entries()) {
      if (at < start.part || rows.length >= limit) continue;
      const page = { after: at === start.part ? start.after : undefined, limit: limit - rows.length };
      for (const row of await part.load(page)) rows.push({ key: `${at}:${part.keyOf(row)}`, row });
    }
    return rows;
  };
}

function positionOf(key: string): { readonly part: number; readonly after: string } {
  const colon = key.indexOf(":");
  return { part: Number(key.slice(0, colon)), after: key.slice(colon + 1) };
}
