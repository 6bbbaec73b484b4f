import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import test from "node:test";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** A file, or a folder with a file in it: git keeps no empty ones. */
const isThere = (path: string): boolean => {
  const place = join(root, path);
  if (!existsSync(place)) return false;
  return (
    statSync(place).isFile() ||
    globSync("**", { cwd: place, withFileTypes: true }).some((entry) => entry.isFile())
  );
};

const papers = globSync(["*.md", "docs/**/*.md", "deploy/**/*.md"], { cwd: root }).toSorted();

/** Paths into the tree that a paper names in back quotes: `src/mfa/pair.ts`, `test/wire`. A `<` is a place-holder. */
const namedPaths = (text: string): readonly string[] =>
  [...text.matchAll(/`((?:src|test|bin|deploy|docs)\/[\w./-]+)`/g)].map((found) => found[1] ?? "");

/** Targets of links that lead into the tree; `#part` is taken off. */
const linkedPaths = (text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((found) => (found[1] ?? "").replace(/#.*$/, ""))
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target));

test("the papers are there", () => {
  for (const paper of ["README.md", "ARCHITECTURE.md", "SECURITY.md", "CHANGELOG.md", "docs/operating.md"])
    assert.ok(papers.includes(paper), paper);
  assert.match(read("LICENSE"), /Apache License\s+Version 2\.0/);
});

test("every path that a paper names exists", () => {
  const named = papers.flatMap((paper) => namedPaths(read(paper)).map((path) => ({ paper, path })));
  assert.ok(named.length > 80, `saw ${named.length} paths`);
  assert.deepEqual(
    named.filter(({ path }) => !isThere(path)).map(({ paper, path }) => `${paper}: ${path}`),
    [],
  );
});

test("every link into the tree leads somewhere", () => {
  const links = papers.flatMap((paper) => linkedPaths(read(paper)).map((target) => ({ paper, target })));
  assert.ok(links.length > 10, `saw ${links.length} links`);
  assert.deepEqual(
    links
      .filter(({ paper, target }) => !isThere(join(dirname(paper), target)))
      .map(({ paper, target }) => `${paper}: ${target}`),
    [],
  );
});

test("each guarantee names a test, or says that it is not built", () => {
  const part = /\n## Guarantees\n([\s\S]*?)\n## /.exec(read("SECURITY.md"))?.[1] ?? "";
  const guarantees = part.split(/\n### /).slice(1);
  assert.equal(guarantees.length, 12);
  for (const guarantee of guarantees) {
    const [title = ""] = guarantee.split("\n", 1);
    const tests = namedPaths(guarantee).filter((path) => path.endsWith(".test.ts"));
    assert.ok(tests.length > 0 || /not built yet/i.test(guarantee), title);
    for (const path of tests) assert.ok(isThere(path) && statSync(join(root, path)).size > 0, path);
  }
});

test("every layer of the layer test stands in the table, once it has a folder", () => {
  const text = read("ARCHITECTURE.md");
  for (const folder of globSync("src/*", { cwd: root }))
    assert.ok(text.includes(`| \`${folder}\` |`), folder);
});

/** What the container file and the unit promise, as far as it can be read from them. */
const PROMISED: readonly (readonly [file: string, about: string, line: RegExp])[] = [
  ["deploy/Containerfile", "not root", /^USER [1-9]\d*:[1-9]\d*$/m],
  ["deploy/Containerfile", "one volume", /^VOLUME \["\/data"\]$/m],
  ["deploy/Containerfile", "a health check", /^HEALTHCHECK [\s\S]*\/health/m],
  ["deploy/Containerfile", "no install scripts", /npm ci --omit=dev --ignore-scripts/],
  ["deploy/compose.yaml", "a root file system that is only read", /^ {4}read_only: true$/m],
  ["deploy/countersign.service", "a user of its own", /^User=countersign$/m],
  ["deploy/countersign.service", "a file system that is only read", /^ProtectSystem=strict$/m],
  ["deploy/countersign.service", "no new privileges", /^NoNewPrivileges=yes$/m],
  ["deploy/countersign.service", "its own place for data", /^StateDirectory=countersign$/m],
  ["deploy/countersign.service", "no core dumps", /^LimitCORE=0$/m],
];

for (const [file, about, line] of PROMISED) test(`${file}: ${about}`, () => assert.match(read(file), line));

test("the container file builds the console in a stage of its own, and copies only what exists", () => {
  const [, building = "", running = ""] = read("deploy/Containerfile").split(/^FROM .*$/m);
  const count = (word: string): number =>
    running.split("\n").filter((line) => line.startsWith(`${word} `)).length;
  assert.deepEqual([count("VOLUME"), count("USER"), count("HEALTHCHECK")], [1, 1, 1]);
  assert.match(building, /^RUN node console\/build\.ts$/m);
  assert.match(running, /^COPY --from=console \/app\/console\/dist \.\/console\/dist$/m);
  const copied = [building, running].flatMap((stage) =>
    [...stage.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, paths = ""]) => paths.split(" ")),
  );
  assert.ok(copied.includes("src"));
  assert.deepEqual(
    copied.filter((path) => !isThere(path)),
    [],
  );
  const sent = read(".dockerignore")
    .split("\n")
    .filter((line) => line.startsWith("!"));
  const wanted = new Set(copied.filter((path) => path !== "console/package.json"));
  assert.deepEqual(sent.map((line) => line.slice(1)).toSorted(), [...wanted].toSorted());
});

test("settings that the deployment names exist", async () => {
  const { settingOfVariable } = await import("#config/settings.ts");
  const files = [
    "deploy/Containerfile",
    "deploy/compose.yaml",
    "deploy/countersign.service",
    "docs/operating.md",
  ];
  const named = files.flatMap((file) =>
    [...read(file).matchAll(/\bCOUNTERSIGN_[A-Z_]*[A-Z]\b/g)].map(([name]) => name),
  );
  assert.ok(named.length > 5);
  assert.deepEqual(
    named.filter((name) => !name.startsWith("COUNTERSIGN_TEST_") && settingOfVariable(name) === undefined),
    [],
  );
});

test("commands that the papers tell people to run exist", async () => {
  const { COMMANDS } = await import("#cli/table.ts");
  const told = papers
    .filter((paper) => !paper.startsWith("docs/reference/"))
    .flatMap((paper) => [...read(paper).matchAll(/bin\/countersign ([a-z][a-z -]*[a-z])/g)])
    .map(([, words = ""]) => words);
  assert.ok(told.length > 5, `saw ${told.length} commands`);
  const known = (words: string): boolean =>
    COMMANDS.some(({ name }) => words === name || words.startsWith(`${name} `));
  assert.deepEqual(
    told.filter((words) => !known(words)),
    [],
  );
});
