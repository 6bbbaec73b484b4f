import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { countersign, freshFolder } from "../support/server.ts";
import { inProcess } from "./in-process.ts";

const PASSWORD = "Correct-horse-7-battery\n";
const folder = freshFolder("account");
const place = ["--data", folder];
const create = (...more: string[]) =>
  inProcess(["account", "create", ...place, "--password-stdin", ...more], PASSWORD);

test("an account with an administrator is one line of JSON of the agreed form", async () => {
  const given = ["--email", "Root@example.com", "--account-id", "123456789012", "--alias", "acme"];
  const more = [...given, "--admin-user", "admin", "--output", "json"];
  const args = ["account", "create", ...place, "--password-stdin", ...more];
  const { code, stdout, stderr } = await countersign(args, PASSWORD);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  assert.equal(stdout.trim().split("\n").length, 1);
  const { AccountId, RootArn, AdminUser, ...others } = JSON.parse(stdout);
  assert.deepEqual(
    { AccountId, RootArn, others },
    { AccountId: "123456789012", RootArn: "arn:aws:iam::123456789012:root", others: {} },
  );
  assert.deepEqual(Object.keys(AdminUser), ["UserName", "AccessKeyId", "SecretAccessKey"]);
  assert.equal(AdminUser.UserName, "admin");
  assert.match(AdminUser.AccessKeyId, /^AKIA[A-Z2-7]{16}$/);
  assert.match(AdminUser.SecretAccessKey, /^[A-Za-z0-9+/]{40}$/);
});

test("the first command makes the place for its owner alone", () => {
  const modes = ["", "countersign.db", "root.key"].map((name) => statSync(join(folder, name)).mode & 0o777);
  assert.deepEqual(modes, [0o700, 0o600, 0o600]);
});

test("for people it is lines, and without --admin-user nobody but root", async () => {
  const { code, stdout } = await create("--email", "second@example.com");
  assert.equal(code, 0);
  assert.match(stdout, /^account: +\d{12}\nroot: +arn:aws:iam::\d{12}:root\n$/);
});

/** What is refused with exit 1, and the sentence. */
const REFUSED: readonly (readonly [more: readonly string[], said: RegExp])[] = [
  [["--email", "root@EXAMPLE.com"], /`root@EXAMPLE.com` is the root user of another account/],
  [
    ["--email", "x@example.com", "--account-id", "123456789012"],
    /there is an account `123456789012` already/,
  ],
  [["--email", "x@example.com", "--account-id", "000000000000"], /stands for the whole deployment/],
  [["--email", "x@example.com", "--alias", "acme"], /`acme` is the alias of another account/],
  [["--email", "x@example.com", "--alias", "999999999999"], /`999999999999` is no account alias/],
  [["--email", "x@example.com", "--alias", "a--b"], /`a--b` is no account alias/],
  [["--email", "x@example.com", "--admin-user", "a/b"], /`a\/b` is no user name/],
  [["--email", "not an address"], /`not an address` is not an e-mail address/],
];

for (const [more, said] of REFUSED) {
  test(`refused: account create ${more.join(" ")}`, async () => {
    const { code, stdout, stderr } = await create(...more);
    assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
    assert.match(stderr, said);
  });
}

for (const [password, code] of [
  ["short\n", 1],
  ["alllowercase\n", 1],
  ["X@Example.com1\n", 0],
  ["\n", 2],
] as const) {
  test(`a root password of \`${password.trim()}\` ends with ${code}`, async () => {
    const args = ["account", "create", ...place, "--email", "pw@example.com", "--password-stdin"];
    assert.equal((await inProcess(args, password)).code, code);
  });
}

test("accounts are listed in three forms", async () => {
  const json = await inProcess(["account", "list", ...place, "--output", "json"]);
  const { Accounts } = JSON.parse(json.stdout);
  assert.equal(Accounts.length, 3);
  const acme = Accounts.find(({ Alias }: { Alias?: string }) => Alias === "acme");
  assert.deepEqual(
    { ...acme, CreateDate: "" },
    {
      AccountId: "123456789012",
      Alias: "acme",
      RootEmail: "Root@example.com",
      Users: 1,
      CreateDate: "",
    },
  );
  const table = await inProcess(["account", "list", ...place, "--output", "table"]);
  assert.match(table.stdout, /^account +alias +root +users +made\n-+ /);
  const lines = await inProcess(["account", "list", ...place]);
  assert.equal(lines.stdout.trim().split("\n").length, 3);
});

test("root keys are refused until they are allowed; then made within the quota, and deleted", async () => {
  const rootKey = (...words: string[]) =>
    inProcess(["account", "root-key", ...words, ...place, "--account", "123456789012", "--output", "json"]);
  for (const verb of ["create", "delete"]) {
    const refused = await rootKey(verb);
    assert.equal(refused.code, 1);
    assert.match(
      refused.stderr,
      /access keys of the root user are not allowed here\nhint: .*--allow-root-keys/,
    );
  }
  const [first, second] = [
    await rootKey("create", "--allow-root-keys"),
    await rootKey("create", "--allow-root-keys"),
  ];
  assert.deepEqual(Object.keys(JSON.parse(first.stdout)), ["AccessKeyId", "SecretAccessKey"]);
  const third = await rootKey("create", "--allow-root-keys");
  assert.equal(third.code, 1);
  assert.match(third.stderr, /the quota/);
  assert.match((await rootKey("delete", "--allow-root-keys")).stderr, /several access keys/);
  const { AccessKeyId } = JSON.parse(second.stdout);
  const deleted = await rootKey("delete", "--allow-root-keys", "--access-key-id", AccessKeyId);
  assert.deepEqual(JSON.parse(deleted.stdout), { AccessKeyId });
  assert.deepEqual(JSON.parse((await rootKey("delete", "--allow-root-keys")).stdout), {
    AccessKeyId: JSON.parse(first.stdout).AccessKeyId,
  });
  assert.match((await rootKey("delete", "--allow-root-keys")).stderr, /has no access key/);
});

test("an account that is not there, a place that is not there", async () => {
  const key = ["account", "root-key", "create", "--allow-root-keys", "--account", "999999999999"];
  assert.match((await inProcess([...key, ...place])).stderr, /there is no account `999999999999`/);
  const nowhere = await inProcess(["account", "list", "--data", join(folder, "nowhere")]);
  assert.equal(nowhere.code, 1);
  assert.match(nowhere.stderr, /^countersign: there is no database in `.*nowhere`\nhint: /);
});

test("sessions are ended by name, and the answer says whose", async () => {
  const revoke = (...more: string[]) =>
    inProcess(["account", "revoke-sessions", ...place, "--account", "123456789012", ...more]);
  assert.equal((await revoke()).stdout, "ended the sessions of: everybody, root too\n");
  const admin = await revoke("--user", "ADMIN", "--output", "json");
  assert.deepEqual(JSON.parse(admin.stdout), { Account: "123456789012", UserName: "admin" });
  for (const [more, code, said] of [
    [["--user", "nobody"], 1, /The user with name nobody cannot be found\./],
    [["--role", "nobody"], 1, /The role with name nobody cannot be found\./],
    [["--role", "a", "--user", "b"], 2, /`--user` and `--role` exclude each other/],
    [["--account", "999999999999"], 1, /there is no account `999999999999`/],
  ] as const) {
    const refused = await revoke(...more);
    assert.deepEqual([refused.code, refused.stdout], [code, ""]);
    assert.match(refused.stderr, said);
  }
});
