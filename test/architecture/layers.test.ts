import assert from "node:assert/strict";
import test from "node:test";
import { blindSpots, edgesOf, readTree, type Tree } from "./edges.ts";
import { circles, impureGlobals, impureImports, layerViolations, networkViolations } from "./rules.ts";

/** Fewer files or imports than this, and the test did not look where the code is. It rises with the tree. */
const EXPECTED = { files: 150, imports: 600 };

const RULES: Readonly<Record<string, (tree: Tree) => readonly string[]>> = {
  "every import can be followed": blindSpots,
  "a folder imports only from lower layers": layerViolations,
  "the pure layers import no I/O": impureImports,
  "the pure layers read no clock, chance, process or console": impureGlobals,
  "nothing but the outbound client asks other machines": networkViolations,
  "no circle between files or folders": circles,
};

const src = readTree("src");

test("the whole tree was seen", () => {
  const seen = `saw ${src.size} files and ${edgesOf(src).length} imports`;
  assert.ok(src.size >= EXPECTED.files && edgesOf(src).length >= EXPECTED.imports, seen);
});

for (const [rule, violations] of Object.entries(RULES)) {
  test(rule, () => assert.deepEqual(violations(src), []));
}

/** Each rule must find what is planted: a file, its text, and the sentence that tells of it. */
const PLANTED: readonly (readonly [rule: keyof typeof RULES, path: string, text: string, told: RegExp])[] = [
  [
    "a folder imports only from lower layers",
    "src/mfa/x.ts",
    'import { serviceError } from "#ports/store.ts";',
    /`mfa` is in layer 3, `ports` in layer 5/,
  ],
  [
    "a folder imports only from lower layers",
    "src/mfa/x.ts",
    'import type { Verdict } from "#policy/managed/managed.ts";',
    /`policy` in layer 3/,
  ],
  [
    "a folder imports only from lower layers",
    "src/crypto/x.ts",
    'import {\n  a,\n  type B,\n} from "../identity/ids.ts";',
    /x\.ts:1 imports src\/identity\/ids\.ts/,
  ],
  [
    "a folder imports only from lower layers",
    "src/base/x.ts",
    'const x = await import("#wire/raw.ts");',
    /`wire` in layer 7/,
  ],
  [
    "a folder imports only from lower layers",
    "src/base/x.ts",
    'type X = import("#wire/raw.ts").RawRequest;',
    /`wire` in layer 7/,
  ],
  [
    "a folder imports only from lower layers",
    "src/base/x.ts",
    'export * from "#wire/raw.ts";',
    /`wire` in layer 7/,
  ],
  [
    "a folder imports only from lower layers",
    "src/base/x.ts",
    'new Worker(new URL("../wire/raw.ts", import.meta.url));',
    /`wire` in layer 7/,
  ],
  [
    "a folder imports only from lower layers",
    "src/utils/x.ts",
    'import { table } from "#base/table.ts";',
    /`utils` is in no layer/,
  ],
  [
    "a folder imports only from lower layers",
    "src/cli/x.ts",
    'import { x } from "../../test/run.ts";',
    /out of src/,
  ],
  [
    "every import can be followed",
    "src/cli/x.ts",
    "const x = await import(name);",
    /cannot follow `import\(`/,
  ],
  ["every import can be followed", "src/cli/x.ts", "import x from 'pg';", /cannot follow/],
  ["every import can be followed", "src/cli/x.ts", 'const x = require("pg");', /cannot follow `require\(`/],
  [
    "the pure layers import no I/O",
    "src/policy/x.ts",
    'import { readFileSync } from "node:fs";',
    /policy\/x\.ts:1 imports node:fs/,
  ],
  ["the pure layers import no I/O", "src/mfa/x.ts", 'import pg from "pg";', /imports pg/],
  [
    "the pure layers read no clock, chance, process or console",
    "src/mfa/x.ts",
    "const now = Date.now();",
    /Date\.now/,
  ],
  [
    "nothing but the outbound client asks other machines",
    "src/server/x.ts",
    'import { createServer, request } from "node:http";',
    /only `outbound`/,
  ],
  [
    "nothing but the outbound client asks other machines",
    "src/server/x.ts",
    'const { request } = process.getBuiltinModule("node:http");',
    /only `outbound`/,
  ],
  [
    "every import can be followed",
    "src/server/x.ts",
    'const http = process.getBuiltinModule("node:http");',
    /cannot follow `getBuiltinModule`/,
  ],
  [
    "nothing but the outbound client asks other machines",
    "src/server/x.ts",
    'import * as http from "node:http";',
    /only `outbound`/,
  ],
  [
    "nothing but the outbound client asks other machines",
    "src/config/x.ts",
    'import { connect } from "node:net";',
    /only `outbound`/,
  ],
  [
    "nothing but the outbound client asks other machines",
    "src/cli/x.ts",
    'import { request } from "undici";',
    /only `outbound`/,
  ],
  [
    "nothing but the outbound client asks other machines",
    "src/server/x.ts",
    'const { createTransport } = await import("nodemailer");',
    /only `outbound`/,
  ],
  [
    "nothing but the outbound client asks other machines",
    "src/cli/x.ts",
    "const answer = await fetch(url);",
    /calls `fetch\(`/,
  ],
  [
    "no circle between files or folders",
    "src/base/table.ts",
    'import type { Brand } from "./planted.ts";',
    /circle: src\/base\/table\.ts -> src\/base\/planted\.ts/,
  ],
];

for (const [rule, path, text, told] of PLANTED) {
  test(`planted: ${text.replaceAll("\n", " ")} in ${path}`, () => {
    const tree = new Map([...src, ["src/base/planted.ts", 'import "./table.ts";'], [path, text]]);
    assert.match((RULES[rule]?.(tree) ?? []).join("\n"), told);
  });
}

test("what answers and what computes is let through", () => {
  const tree = new Map([
    ["src/server/x.ts", 'import { createServer, type Server } from "node:http";'],
    ["src/config/x.ts", 'import { BlockList, isIP } from "node:net";'],
    ["src/outbound/x.ts", 'import { request } from "undici";\nconst x = fetch(url);'],
    ["src/server/y.ts", "await store.fetch(key);"],
  ]);
  assert.deepEqual(networkViolations(tree), []);
});
