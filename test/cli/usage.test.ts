import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import test from "node:test";
import { COMMANDS } from "#cli/table.ts";
import { countersign, freshFolder, run } from "../support/server.ts";
import { inProcess } from "./in-process.ts";

for (const { name, examples } of COMMANDS) {
  test(`\`${name} --help\` teaches with an example`, async () => {
    const { code, stdout, stderr } = await inProcess([...name.split(" "), "--help"]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.match(stdout, new RegExp(`^Usage: countersign ${name} `));
    assert.ok(examples.length > 0 && examples.every(({ line }) => stdout.includes(line)));
  });
}

/** Wrong usage, and what is said of it on standard error. */
const WRONG: readonly (readonly [argv: readonly string[], said: RegExp])[] = [
  [[], /Usage: countersign/],
  [["account"], /Usage: countersign account/],
  [["fly"], /^countersign: unknown command `fly`$/m],
  [["serve", "--liste", "x"], /^countersign: unknown option `--liste`/],
  [["serve", "extra"], /^countersign: too many arguments/],
  [["serve", "--listen", "8400"], /^countersign: `--listen` takes `HOST:PORT`/],
  [["serve", "--key", "csk1_x"], /^countersign: unknown option `--key`/],
  [["version", "--output", "xml"], /^countersign: option `--output <FORM>` argument `xml` is invalid/],
  [["account", "create"], /^countersign: required option `--email <ADDRESS>` not specified/],
  [["account", "create", "--email", "a@b"], /^countersign: the root user's password is missing$/m],
  [
    ["account", "create", "--email", "a@b", "--account-id", "12"],
    /takes an account id of 12 digits, not `12`/,
  ],
  [["backup"], /^countersign: missing required argument `file`/],
];

for (const [argv, said] of WRONG) {
  test(`wrong usage: ${argv.join(" ")}`, async () => {
    const { code, stdout, stderr } = await inProcess(argv);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
    assert.match(stderr, said);
  });
}

test("version in its three forms", async () => {
  const forms = await Promise.all(
    ["text", "json", "table"].map((form) => countersign(["version", "--output", form])),
  );
  assert.deepEqual(
    forms.map(({ code }) => code),
    [0, 0, 0],
  );
  assert.match(forms[0]?.stdout ?? "", /^countersign \d+\.\d+\.\d+\n$/);
  assert.deepEqual(Object.keys(JSON.parse(forms[1]?.stdout ?? "")), ["Version", "Node"]);
  assert.match(forms[2]?.stdout ?? "", /^Version {2,}Node/);
});

test("help and version load nothing heavy", () => {
  const program = join(import.meta.dirname, "../../src/cli/program.ts");
  const script = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
    const { runCommandLine } = await import(${JSON.stringify(program)});
    await runCommandLine(["version"], process, {});
    await runCommandLine(["serve", "--help"], process, {});
    process.stderr.write(loaded.join("\\n"));`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  assert.match(stderr, /commander/);
  const heavy =
    /\/(kysely|pg|pino|zod|prompts|client-iam|client-sts|core)\/|src\/(server|operations|policy)\/|storage\/(?!errors)/;
  assert.deepEqual(
    stderr.split("\n").filter((url) => heavy.test(url.replace(/^.*node_modules/, ""))),
    [],
  );
});

test("the launcher runs through a link, from any folder, as one process", async () => {
  const folder = freshFolder("link");
  const link = join(folder, "countersign");
  spawnSync("ln", ["-s", join(import.meta.dirname, "../../bin/countersign"), link]);
  const { code, stdout } = await run(link, ["version"], { cwd: folder });
  assert.equal(code, 0);
  assert.match(stdout, /^countersign /);
});
