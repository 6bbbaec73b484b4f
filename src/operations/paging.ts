import { fromBase64Url, toBase64Url, utf8 } from "#base/bytes.ts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Page } from "#ports/page.ts";
import type { Call } from "./call.ts";

/** Contract 4.2: the default of MaxItems; the validator holds it to 1..1000. */
const DEFAULT_ITEMS = 100;

/** The paging members of a list call. */
export interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

export interface PageOutput<Row> {
  readonly rows: readonly Row[];
  readonly IsTruncated: boolean;
  /** Present only where there is more (contract 4.2). */
  readonly Marker: string | undefined;
}

/** What a list is narrowed by, in a fixed order: a marker of one list opens no other. */
export type Filters = readonly (string | undefined)[];

/**
 * One page of a list. `load` is asked for one row more than fits, which tells whether there is more; `keyOf` names a row as
 * `load` understands `after`, in at most 200 bytes, since a marker may not be longer than 320 characters (contract 4.2). Refuses a
 * marker that this caller did not get from this list.
 */
export async function pageOf<Row>(
  call: Call,
  operation: string,
  filters: Filters,
  input: PageInput,
  load: (page: Page) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): Promise<Outcome<PageOutput<Row>, ServiceError>> {
  const context = markerContext(call, operation, filters);
  const after = input.Marker === undefined ? undefined : openMarker(call, context, input.Marker);
  if (input.Marker !== undefined && after === undefined) {
    return refuse(serviceError("ValidationError", "Invalid Marker."));
  }
  const size = input.MaxItems ?? DEFAULT_ITEMS;
  const found = await load({ after, limit: size + 1 });
  const rows = found.slice(0, size);
  const last = rows.at(-1);
  const more = found.length > size && last !== undefined;
  return accept({
    rows,
    IsTruncated: more,
    Marker: more ? sealMarker(call, context, keyOf(last)) : undefined,
  });
}

/** As `pageOf`, over rows that are at hand: the marker is the number of rows already given. */
export function pageOfRows<Row>(
  call: Call,
  operation: string,
  filters: Filters,
  input: PageInput,
  rows: readonly Row[],
): Promise<Outcome<PageOutput<Row>, ServiceError>> {
  const numbered = async ({ after, limit }: Page) => {
    const given = Number(after ?? 0);
    return rows.slice(given, given + limit).map((row, at) => ({ row, number: given + at + 1 }));
  };
  return pageOf(call, operation, filters, input, numbered, ({ number }) => String(number)).then((page) =>
    page.ok ? accept({ ...page.value, rows: page.value.rows.map(({ row }) => row) }) : page,
  );
}

/** Bound to account, principal, operation and filters (DESIGN 4); JSON, so that no two lists share a context. */
function markerContext(call: Call, operation: string, filters: Filters): string {
  const { caller } = call;
  const principal = caller.kind === "operator" ? caller.kind : caller.principalId;
  return JSON.stringify([caller.accountId, principal, operation, filters.map((value) => value ?? null)]);
}

const sealMarker = (call: Call, context: string, key: string): string =>
  toBase64Url(call.deps.keyring.seal("marker", context, utf8(key)));

function openMarker(call: Call, context: string, marker: string): string | undefined {
  const sealed = fromBase64Url(marker);
  const key = sealed === undefined ? undefined : call.deps.keyring.open("marker", context, sealed);
  return key === undefined ? undefined : Buffer.from(key).toString("utf8");
}
