import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64Url, toBase64Url } from "#base/bytes.ts";
import { pageOf, pageOfRows } from "#operations/paging.ts";
import type { Page } from "#ports/page.ts";
import { type CallChange, callOf } from "./calls.ts";

const ROWS = Array.from({ length: 7 }, (_, at) => `row-${at}`);

const load = async ({ after, limit }: Page) =>
  ROWS.filter((row) => after === undefined || row > after).slice(0, limit);

interface Asked {
  readonly who?: CallChange;
  readonly operation?: string;
  readonly filters?: readonly (string | undefined)[];
  readonly Marker?: string | undefined;
  readonly MaxItems?: number;
}

const ask = ({ who = {}, operation = "List", filters = ["/"], ...input }: Asked) =>
  pageOf(callOf(who), operation, filters, input, load, (row) => row);

async function firstMarker(): Promise<string> {
  const page = await ask({ MaxItems: 2 });
  assert.ok(page.ok && page.value.Marker !== undefined);
  return page.value.Marker;
}

test("pages follow each other and end; the size may change between calls", async () => {
  const seen: string[] = [];
  let Marker: string | undefined;
  for (const MaxItems of [2, 3, 1, 1]) {
    const page = await ask({ Marker, MaxItems });
    assert.ok(page.ok);
    seen.push(...page.value.rows);
    Marker = page.value.Marker;
    assert.equal(page.value.IsTruncated, Marker !== undefined);
  }
  assert.deepEqual(seen, ROWS);
  assert.equal(Marker, undefined);
});

test("exactly as many as asked for is the end", async () => {
  assert.deepEqual(await ask({ MaxItems: 7 }), {
    ok: true,
    value: { rows: ROWS, IsTruncated: false, Marker: undefined },
  });
});

test("a hundred by default (contract 4.2)", async () => {
  const rows = Array.from({ length: 101 }, (_, at) => at);
  const page = await pageOfRows(callOf(), "List", [], {}, rows);
  assert.ok(page.ok && page.value.IsTruncated);
  assert.equal(page.value.rows.length, 100);
  const rest = await pageOfRows(callOf(), "List", [], { Marker: page.value.Marker }, rows);
  assert.deepEqual(rest, { ok: true, value: { rows: [100], IsTruncated: false, Marker: undefined } });
});

test("a marker of the longest key is at most 320 characters", async () => {
  const rows = ["é".repeat(100), "z"];
  const page = await pageOf(
    callOf(),
    "List",
    [],
    { MaxItems: 1 },
    async () => rows,
    (row) => row,
  );
  assert.ok(page.ok && page.value.Marker !== undefined);
  assert.ok(page.value.Marker.length <= 320);
});

const FOREIGN: Readonly<Record<string, Asked>> = {
  "another account": { who: { accountId: "210987654321" } },
  "another principal": { who: { principalId: "AIDAOTHEROTHEROTHERAA" } },
  "another operation": { operation: "Lists" },
  "another filter": { filters: ["/x/"] },
  "no filter": { filters: [] },
  "an absent filter": { filters: [undefined] },
  "filters that read alike when joined": { filters: ['/","'] },
  "the operator": { who: { kind: "operator" } },
};

for (const [whose, asked] of Object.entries(FOREIGN)) {
  test(`a marker opens no list of ${whose}`, async () => {
    assert.deepEqual(await refusalOf({ ...asked, Marker: await firstMarker() }), INVALID);
  });
}

test("a filter that is absent and one that is empty are two lists", async () => {
  const page = await ask({ filters: [undefined], MaxItems: 2 });
  assert.ok(page.ok);
  assert.deepEqual(await refusalOf({ filters: [""], Marker: page.value.Marker }), INVALID);
});

test("a marker with any byte changed, cut or added is invalid", async () => {
  const bytes = fromBase64Url(await firstMarker());
  assert.ok(bytes);
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
    assert.deepEqual(await refusalOf({ Marker: toBase64Url(changed) }), INVALID);
  }
  assert.deepEqual(await refusalOf({ Marker: toBase64Url(bytes.subarray(0, -1)) }), INVALID);
  assert.deepEqual(await refusalOf({ Marker: toBase64Url(Uint8Array.of(...bytes, 0)) }), INVALID);
});

for (const Marker of ["invalid-marker-value", " ", "é", "row-1", "AAAA", "=".repeat(320)]) {
  test(`the marker ${JSON.stringify(Marker)} is invalid`, async () => {
    assert.deepEqual(await refusalOf({ Marker }), INVALID);
  });
}

/** Recorded from AWS. */
const INVALID = ["ValidationError", 400, "Invalid Marker."];

async function refusalOf(asked: Asked): Promise<readonly unknown[]> {
  const page = await ask(asked);
  assert.ok(!page.ok);
  return [page.error.code, page.error.status, page.error.message];
}
