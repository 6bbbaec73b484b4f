import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import test from "node:test";
import { runCommandLine } from "#cli/program.ts";
import { COMMANDS } from "#cli/table.ts";
import { countersign, freshFolder, run } from "../support/server.ts";
import { inProcess } from "./in-process.ts";

for (const { name, examples, settings } of COMMANDS) {
  test(`\`${name} --help\` teaches with an example`, async () => {
    const { code, stdout, stderr } = await inProcess([...name.split(" "), "--help"]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.match(stdout, new RegExp(`^Usage: countersign ${name} `));
    assert.match(stdout, /^Exit status: 0 done, 1 failed, 2 used wrongly\./m);
    assert.equal(
      /^A setting is taken from its flag, else from its variable, /m.test(stdout),
      settings !== undefined,
    );
    assert.ok(examples.length > 0 && examples.every(({ line }) => stdout.includes(line)));
  });
}

/** Wrong usage, and what is said of it on standard error. */
const WRONG: readonly (readonly [argv: readonly string[], said: RegExp])[] = [
  [[], /Usage: countersign/],
  [["account"], /Usage: countersign account/],
  [["fly"], /^countersign: unknown command `fly`\nhint: `countersign --help` lists the commands\n$/],
  [["srve"], /^countersign: unknown command `srve`, did you mean `serve`\?\nhint: /],
  [
    ["account", "root-key", "mak"],
    /^countersign: unknown command `mak`\nhint: `countersign account root-key --help` lists/,
  ],
  [["serve", "--liste", "x"], /^countersign: unknown option `--liste`, did you mean `--listen`\?\nhint: /],
  [["serve", "--metrics=on"], /^countersign: option `--metrics` is unknown, or takes no value\nhint: /],
  [
    ["serve", "extra"],
    /^countersign: too many arguments for `serve`: expected 0 arguments but got 1: extra\nhint: /,
  ],
  [["serve", "--listen", "x".repeat(5000)], /, not `x{80}…`\n$/],
  [["serve", "--listen", "\u001b[31m"], /, not `\?\[31m`\n$/],
  [["backup", "a\u{fffd}"], /^countersign: the command line is not UTF-8 text\n$/],
  [["serve", "--listen", "8400"], /^countersign: `--listen` takes `HOST:PORT`/],
  [["serve", "--key", "csk1_x"], /^countersign: unknown option `--key`/],
  [["version", "--output", "xml"], / argument `xml` is invalid: it is one of text, json, table\nhint: /],
  [["account", "create"], /^countersign: required option `--email <ADDRESS>` not specified/],
  [["account", "create", "--email", "a@b"], /^countersign: the root user's password is missing$/m],
  [
    ["account", "create", "--email", "a@b", "--account-id", "12"],
    /takes an account id of 12 digits, not `12`/,
  ],
  [["backup"], /^countersign: missing required argument `file`/],
];

for (const [argv, said] of WRONG) {
  test(`wrong usage: ${argv.join(" ").slice(0, 80)}`, async () => {
    const { code, stdout, stderr } = await inProcess(argv);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
    assert.match(stderr, said);
  });
}

const failing = (code: string): Writable =>
  new Writable({
    write: (_bytes, _encoding, done) => done(Object.assign(new Error(`write ${code}`), { code })),
  });
/** An output whose reader has gone. */
const gone = (): Writable => failing("EPIPE");

test("an answer that nobody takes is a failure, told in a sentence; where nobody takes that either, the status tells it", async () => {
  const stderr = new PassThrough();
  const io = { stdin: new PassThrough().end(), stdout: gone(), stderr, env: {} };
  const serving = { startServer: () => assert.fail("nothing is served here") };
  assert.equal(await runCommandLine(["version"], io, serving), 1);
  assert.equal(await text(stderr.end()), "countersign: the answer could not be written (EPIPE)\n");
  assert.equal(await runCommandLine(["version", "extra"], { ...io, stderr: gone() }, serving), 2);
});

test("who has seen enough of the help is told nothing; who cannot get it is", async () => {
  const help = async (stdout: Writable) => {
    const stderr = new PassThrough();
    const io = { stdin: new PassThrough().end(), stdout, stderr, env: {} };
    const serving = { startServer: () => assert.fail("nothing is served here") };
    return [await runCommandLine(["serve", "--help"], io, serving), await text(stderr.end())];
  };
  assert.deepEqual(await help(failing("EPIPE")), [0, ""]);
  assert.deepEqual(await help(failing("ENOSPC")), [
    1,
    "countersign: the answer could not be written (ENOSPC)\n",
  ]);
});

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
