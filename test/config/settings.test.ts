import assert from "node:assert/strict";
import test from "node:test";
import { parseSettingsFile } from "#config/file.ts";
import { loadSettings, type SettingSources } from "#config/load.ts";
import { brokenRule, startWarnings } from "#config/rules.ts";
import {
  ENVIRONMENT_PREFIX,
  environmentOf,
  flagOf,
  SETTING_KEYS,
  type Settings,
  settingNamed,
  settingOfVariable,
  settingRow,
} from "#config/settings.ts";

const sources = (given: Partial<SettingSources>): SettingSources => ({
  flags: {},
  env: {},
  readFile: (path) => {
    throw new Error(`no file ${path}`);
  },
  ...given,
});

function load(given: Partial<SettingSources>): Settings {
  const loaded = loadSettings("serve", sources(given));
  assert.ok(loaded.ok, loaded.ok ? "" : loaded.error.sentence);
  return loaded.value;
}

test("every standard value passes its own parser", () => {
  for (const key of SETTING_KEYS) {
    const { standard, type } = settingRow(key);
    if (standard !== undefined) assert.ok(type.parse(standard).ok, key);
  }
});

test("names lead back to their setting, and outside names reach no prototype", () => {
  for (const key of SETTING_KEYS) {
    assert.equal(settingNamed(flagOf(key).slice(2)), key);
    assert.equal(settingOfVariable(environmentOf(key)), key);
    assert.ok(environmentOf(key).startsWith(ENVIRONMENT_PREFIX));
  }
  for (const name of ["__proto__", "constructor", "toString"]) assert.equal(settingNamed(name), undefined);
});

test("flags win over the environment, the environment over the file, the file over the standard", () => {
  const readFile = () => "issuer = from file\nlisten = 127.0.0.1:1\nquota-users = 7\n";
  const settings = load({
    flags: { config: "some.conf", listen: "127.0.0.1:3" },
    env: { COUNTERSIGN_LISTEN: "127.0.0.1:2", COUNTERSIGN_ISSUER: "from environment" },
    readFile,
  });
  assert.equal(settings.listen.port, 3);
  assert.equal(settings.issuer, "from environment");
  assert.equal(settings.quotaUsers, 7);
  assert.equal(settings.quotaAccessKeysPerUser, 2);
});

test("the settings file may be named by the environment", () => {
  assert.equal(load({ env: { COUNTERSIGN_CONFIG: "f" }, readFile: () => "issuer = X\r\n" }).issuer, "X");
});

test("the key leaves the environment when it is read", () => {
  const env: Record<string, string | undefined> = { COUNTERSIGN_KEY: "csk1_secret", PATH: "/bin" };
  assert.equal(load({ env }).key, "csk1_secret");
  assert.deepEqual(Object.keys(env), ["PATH"]);
});

test("variables of the tests are no settings", () => {
  load({ env: { COUNTERSIGN_TEST_DATABASE_URL: "postgres://x/y" } });
});

/** What is given, and what is said of it. */
const REFUSED: readonly (readonly [given: Partial<SettingSources>, source: string, sentence: RegExp])[] = [
  [
    { env: { COUNTERSIGN_LISTENN: "x" } },
    "environment",
    /^unknown setting `COUNTERSIGN_LISTENN` in the environment$/,
  ],
  [{ env: { COUNTERSIGN___PROTO__: "x" } }, "environment", /unknown setting/],
  [{ env: { COUNTERSIGN_LISTEN: "" } }, "environment", /^`COUNTERSIGN_LISTEN` takes a value$/],
  [{ env: { COUNTERSIGN_ISSUER: "a\u{fffd}" } }, "environment", /^`COUNTERSIGN_ISSUER` takes UTF-8 text/],
  [{ env: { COUNTERSIGN_METRICS: "yes" } }, "environment", /takes `true` or `false`, not `yes`/],
  [{ flags: { listen: "8400" } }, "flag", /^`--listen` takes `HOST:PORT`, .*, not `8400`$/],
  [{ flags: { listen: "127.0.0.1:65536" } }, "flag", /`--listen`/],
  [{ flags: { listen: "[127.0.0.1]:80" } }, "flag", /`--listen`/],
  [{ flags: { publicUrl: "https://id.example.com/path" } }, "flag", /`--public-url` takes an `http:/],
  [{ flags: { publicUrl: "ftp://id.example.com" } }, "flag", /`--public-url`/],
  [{ flags: { publicUrl: "https://user:pw@id.example.com" } }, "flag", /`--public-url`/],
  [{ flags: { issuer: "A:B" } }, "flag", /without a colon/],
  [{ flags: { quotaUsers: "0" } }, "flag", /a whole number from 1 to/],
  [{ flags: { quotaUsers: "1e3" } }, "flag", /a whole number/],
  [{ flags: { logLevel: "loud" } }, "flag", /one of `debug`/],
  [{ flags: { trustedProxies: "10.0.0.0/33" } }, "flag", /addresses or networks/],
  [{ flags: { trustedProxies: "," } }, "flag", /addresses or networks/],
  [{ flags: { trustedProxies: "example.com" } }, "flag", /addresses or networks/],
  [
    { flags: { smtpUrl: "mail.example.com:587" } },
    "flag",
    /^`--smtp-url` takes an `smtp:\/\/` or `smtps:\/\/` URL/,
  ],
  [{ flags: { smtpUrl: "smtp://" } }, "flag", /`--smtp-url` takes/],
  [{ flags: { smtpUrl: "http://mail.example.com" } }, "flag", /`--smtp-url` takes/],
  [{ flags: { smtpUrl: "smtp://mail.example.com/inbox" } }, "flag", /`--smtp-url` takes/],
  [{ flags: { smtpUrl: "smtp://mail.example.com?pool=true" } }, "flag", /`--smtp-url` takes/],
  [{ flags: { smtpUrl: "smtp://a%0d%0aRSET@mail.example.com" } }, "flag", /`--smtp-url` takes/],
  [{ flags: { smtpUrl: "smtp://mail example.com" } }, "flag", /`--smtp-url` takes/],
  [
    { env: { COUNTERSIGN_SMTP_URL: "smtp://u:p@mail.example.com" } },
    "environment",
    /^`COUNTERSIGN_SMTP_URL` takes a URL without a password; COUNTERSIGN_SMTP_PASSWORD has it$/,
  ],
  [{ flags: { mailFrom: "Us <us@example.com>" } }, "flag", /^`--mail-from` takes a mail address, such as/],
  [{ flags: { mailFrom: "us@example.com\r\nBcc: x@y.z" } }, "flag", /`--mail-from` takes/],
  [
    { flags: { config: "f" }, readFile: () => "smtp-password = x" },
    "file",
    /sets `smtp-password`, which cannot stand in a file/,
  ],
  [{ flags: { config: "none" } }, "file", /cannot read the settings file `none`/],
  [
    { flags: { config: "f" }, readFile: () => "lisen = 1" },
    "file",
    /`f`: line 1 names an unknown setting `lisen`/,
  ],
  [
    { flags: { config: "f" }, readFile: () => "issuer = A\nissuer = B" },
    "file",
    /line 2 sets `issuer` a second time/,
  ],
  [{ flags: { config: "f" }, readFile: () => "# x\nissuer" }, "file", /line 2 is not `name = value`/],
  [{ flags: { config: "f" }, readFile: () => "config = g" }, "file", /cannot stand in a file/],
  [
    { flags: { config: "f" }, readFile: () => "metrics = 1" },
    "file",
    /^`metrics in f` takes `true` or `false`/,
  ],
];

for (const [given, source, sentence] of REFUSED) {
  test(`refused: ${JSON.stringify(given)} ${given.readFile?.("") ?? ""}`, () => {
    const loaded = loadSettings("serve", sources(given));
    assert.ok(!loaded.ok);
    assert.equal(loaded.error.source, source);
    assert.match(loaded.error.sentence, sentence);
  });
}

test("what may be secret is not repeated", () => {
  for (const given of [
    { flags: { database: "mysql://u:hunter2@h/d" } },
    { flags: { smtpUrl: "smtp://u:hunter2@mail.example.com" } },
    { flags: { config: "f" }, readFile: () => "key = hunter2" },
    { flags: { config: "f" }, readFile: () => "hunter2" },
  ]) {
    const loaded = loadSettings("serve", sources(given));
    assert.ok(!loaded.ok);
    assert.doesNotMatch(loaded.error.sentence, /hunter2/);
  }
});

/** DESIGN 1, "where it listens". */
const PLACES: readonly (readonly [flags: Record<string, unknown>, may: boolean])[] = [
  [{}, true],
  [{ listen: "localhost:0" }, true],
  [{ listen: "127.9.9.9:0" }, true],
  [{ listen: "[::1]:0" }, true],
  [{ listen: "[0:0:0:0:0:0:0:1]:0" }, true],
  [{ listen: "0.0.0.0:0" }, false],
  [{ listen: "[::]:0" }, false],
  [{ listen: "127.example.com:0" }, false],
  [{ listen: "0.0.0.0:0", tlsCert: "c", tlsKey: "k" }, true],
  [{ listen: "0.0.0.0:0", trustedProxies: "10.0.0.1" }, true],
  [{ listen: "0.0.0.0:0", unsafePlainHttp: true }, true],
  [{ tlsCert: "c" }, false],
  [{ tlsKey: "k" }, false],
  [{ keyFile: "f", keyCommand: "c" }, false],
];

for (const [flags, may] of PLACES) {
  test(`${may ? "may" : "may not"} start: ${JSON.stringify(flags)}`, () => {
    assert.equal(brokenRule(load({ flags })) === undefined, may);
  });
}

const MAIL = { smtpUrl: "smtp://mail.example.com", mailFrom: "us@example.com" };

/** Settings of mail, and the sentence of the rule that they break. */
const TOGETHER: readonly (readonly [given: Partial<SettingSources>, told: string | undefined])[] = [
  [{ flags: MAIL }, undefined],
  [{ flags: { smtpUrl: MAIL.smtpUrl } }, "`smtp-url` and `mail-from` go together"],
  [{ flags: { mailFrom: MAIL.mailFrom } }, "`smtp-url` and `mail-from` go together"],
  [
    { flags: { ...MAIL, smtpUrl: "smtp://ana@mail.example.com" } },
    "the user in `smtp-url` and COUNTERSIGN_SMTP_PASSWORD go together",
  ],
  [
    { flags: MAIL, env: { COUNTERSIGN_SMTP_PASSWORD: "p" } },
    "the user in `smtp-url` and COUNTERSIGN_SMTP_PASSWORD go together",
  ],
  [
    {
      flags: { ...MAIL, smtpUrl: "smtp://ana@mail.example.com" },
      env: { COUNTERSIGN_SMTP_PASSWORD: "p" },
    },
    undefined,
  ],
];

for (const [given, told] of TOGETHER) {
  test(`${told === undefined ? "may" : "may not"} start: ${JSON.stringify(given)}`, () => {
    assert.equal(brokenRule(load({ ...given, env: { ...given.env } }))?.sentence, told);
  });
}

/** How mail goes to the server: never in the clear over a network. */
const MAIL_SERVERS: readonly (readonly [url: string, server: Settings["smtpUrl"]])[] = [
  [
    "smtp://mail.example.com",
    { host: "mail.example.com", port: 587, encryption: "starttls", user: undefined },
  ],
  [
    "smtp://ana%40example.com@mail.example.com:25/",
    { host: "mail.example.com", port: 25, encryption: "starttls", user: "ana@example.com" },
  ],
  ["smtps://mail.example.com", { host: "mail.example.com", port: 465, encryption: "tls", user: undefined }],
  ["smtp://192.0.2.1", { host: "192.0.2.1", port: 587, encryption: "starttls", user: undefined }],
  [
    "smtp://127.evil.example",
    { host: "127.evil.example", port: 587, encryption: "starttls", user: undefined },
  ],
  ["smtp://localhost:25", { host: "localhost", port: 25, encryption: "none", user: undefined }],
  ["smtp://[::1]:25", { host: "::1", port: 25, encryption: "none", user: undefined }],
  ["smtps://localhost", { host: "localhost", port: 465, encryption: "tls", user: undefined }],
];

for (const [url, server] of MAIL_SERVERS) {
  test(`mail goes by ${url}`, () => {
    assert.deepEqual(load({ flags: { smtpUrl: url } }).smtpUrl, server);
  });
}

test("values that open something are warned of", () => {
  const flags = { unsafePlainHttp: true, publicUrl: "http://id.example.com", trustedProxies: "0.0.0.0/0" };
  assert.equal(startWarnings(load({ flags })).length, 3);
  assert.deepEqual(startWarnings(load({ flags: { publicUrl: "http://localhost:8400" } })), []);
});

test("a proxy's address is known in either family's form", () => {
  const { trustedProxies } = load({ flags: { trustedProxies: "10.0.0.1, fd00::/8" } });
  assert.deepEqual(
    ["10.0.0.1", "10.0.0.2", "fd12::1", "x"].map((address) => trustedProxies?.has(address)),
    [true, false, true, false],
  );
});

test("a settings file keeps what stands inside a value", () => {
  const parsed = parseSettingsFile("\n  # note\nissuer=A = B \n key-command = cat '/a b' # all of it\n");
  assert.ok(parsed.ok);
  assert.deepEqual(
    [...parsed.value],
    [
      ["issuer", "A = B"],
      ["keyCommand", "cat '/a b' # all of it"],
    ],
  );
});
