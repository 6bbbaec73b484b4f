import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, test } from "node:test";
import { toBase64Url } from "#base/bytes.ts";
import { epochMs } from "#base/clock.ts";
import { parseKeyFile, renderKeyFile } from "#crypto/key-file.ts";
import { openWithPassphrase, sealWithPassphrase } from "#crypto/passphrase.ts";
import { randomBytes } from "#crypto/random.ts";
import { checkValue, issueRootKey, keyBehind, rootKey, rotateRootKeys } from "#crypto/root-key.ts";

const KEY = rootKey(new Uint8Array(32).fill(7), { state: "active" });
const SINCE = epochMs(Date.parse("2026-11-02T03:04:05Z"));

const hmac = (key: Uint8Array, message: Uint8Array) => createHmac("sha256", key).update(message).digest();

test("id and check value are HKDF-SHA256 of the bytes (RFC 5869), and give them away to nobody", () => {
  const derive = (info: string) =>
    hmac(hmac(new Uint8Array(32), KEY.bytes), Buffer.concat([Buffer.from(info), Buffer.of(1)]));
  assert.equal(KEY.id, derive("countersign/1/key-id").toString("hex").slice(0, 8));
  assert.equal(checkValue(KEY), derive("countersign/1/key-check").toString("hex"));
});

test("the key behind a remembered check value is found, and no other", () => {
  const keys = [issueRootKey(randomBytes), KEY];
  assert.equal(keyBehind(keys, checkValue(KEY)), KEY);
  assert.equal(keyBehind(keys, checkValue(issueRootKey(randomBytes))), undefined);
});

test("rotation seals under a new key and keeps the old", () => {
  const once = rotateRootKeys([KEY], "retired", SINCE, randomBytes);
  const twice = rotateRootKeys(once, "compromised", SINCE, randomBytes);
  const thrice = rotateRootKeys(twice, "retired", SINCE, randomBytes);
  const states = [once, twice, thrice].map((keys) => keys.map(({ state }) => state));
  assert.deepEqual(states, [
    ["active", "retired"],
    ["active", "compromised", "compromised"],
    ["active", "retired", "compromised", "compromised"],
  ]);
  assert.equal(thrice.at(-1)?.id, KEY.id);
});

describe("the key file", () => {
  test("reads as it was written", () => {
    const keys = rotateRootKeys(
      rotateRootKeys([KEY], "retired", SINCE, randomBytes),
      "compromised",
      SINCE,
      randomBytes,
    );
    const read = parseKeyFile(renderKeyFile(keys));
    assert.deepEqual(
      read.ok && read.value.map((key) => ({ ...key, bytes: Buffer.from(key.bytes) })),
      keys.map((key) => ({ ...key, bytes: Buffer.from(key.bytes) })),
    );
  });

  const line = `active csk1_${toBase64Url(KEY.bytes)}`;
  const other = `csk1_${toBase64Url(new Uint8Array(32).fill(9))}`;
  const expected = "expected a state, a time unless active, and `csk1_` with 43 base64url characters";
  const timed = (word: string) => `a ${word} key has the time since when, as in \`2026-11-02T03:04:05Z\``;
  const cases = [
    { text: "", says: `line 1 of the key file: ${expected}` },
    { text: "# nothing\n", says: "the key file has no key" },
    { text: `${line}\n\n`, says: `line 2 of the key file: ${expected}` },
    { text: `${line}\r\n`, says: `line 1 of the key file: ${expected}` },
    { text: ` ${line}`, says: `line 1 of the key file: ${expected}` },
    { text: `${line} `, says: `line 1 of the key file: ${expected}` },
    { text: line.replace("csk1_", ""), says: `line 1 of the key file: ${expected}` },
    { text: line.slice(0, -1), says: `line 1 of the key file: ${expected}` },
    { text: `${line}A`, says: `line 1 of the key file: ${expected}` },
    { text: `${line.slice(0, -1)}d`, says: `line 1 of the key file: ${expected}` },
    {
      text: line.replace("active", "fresh"),
      says: "line 1 of the key file: expected the state `active`, `retired` or `compromised`",
    },
    {
      text: line.replace("active", "constructor"),
      says: "line 1 of the key file: expected the state `active`, `retired` or `compromised`",
    },
    {
      text: line.replace("active", "active 2026-11-02T03:04:05Z"),
      says: "line 1 of the key file: an active key has no time",
    },
    { text: `${line}\nretired ${other}`, says: `line 2 of the key file: ${timed("retired")}` },
    {
      text: `${line}\ncompromised 2026-11-02 ${other}`,
      says: `line 2 of the key file: ${timed("compromised")}`,
    },
    {
      text: `retired 2026-11-02T03:04:05Z ${other}\n${line}`,
      says: "the key file must begin with the active key",
    },
    { text: `${line}\nactive ${other}`, says: "the key file has more than one active key" },
    { text: `${line}\nretired 2026-11-02T03:04:05Z ${line.slice(7)}`, says: "the key file has a key twice" },
  ];
  for (const { text, says } of cases) {
    test(says, () => {
      const read = parseKeyFile(text);
      assert.deepEqual(read, { ok: false, error: says });
    });
  }

  test("one line without its end, as an environment variable has it", () => {
    const read = parseKeyFile(line);
    assert.equal(read.ok && read.value[0]?.id, KEY.id);
  });
});

describe("a key under a passphrase", () => {
  const cheap = { memoryKiB: 64, passes: 1, lanes: 1 };
  const plain = Buffer.from(renderKeyFile([KEY]));

  test("opens with it, and with no other", async () => {
    const sealed = await sealWithPassphrase("correct horse", plain, randomBytes, cheap);
    assert.match(sealed, /^countersign-sealed-1\.m=64,t=1,p=1\.[\w-]+$/);
    const opened = await openWithPassphrase("correct horse", `${sealed}\n`);
    assert.equal(opened.ok && Buffer.compare(opened.value, plain), 0);
    const wrong = await openWithPassphrase("correct horsf", sealed);
    assert.deepEqual(wrong, { ok: false, error: "the passphrase is wrong or the text was altered" });
  });

  test("costs 64 MiB by itself", async () => {
    assert.match(
      await sealWithPassphrase("p", plain, randomBytes),
      /^countersign-sealed-1\.m=65536,t=3,p=4\./,
    );
  });

  test("does not open altered in any character, cut or drawn out", async () => {
    const sealed = await sealWithPassphrase("p", Buffer.of(1, 2, 3), randomBytes, cheap);
    for (let at = 0; at < sealed.length; at++) {
      const altered = `${sealed.slice(0, at)}${sealed[at] === "2" ? "3" : "2"}${sealed.slice(at + 1)}`;
      for (const text of [altered, sealed.slice(0, at)])
        assert.equal((await openWithPassphrase("p", text)).ok, false, text);
    }
    assert.equal((await openWithPassphrase("p", `${sealed}.`)).ok, false);
  });

  test("parameters that would eat the machine are not tried", async () => {
    const sealed = await sealWithPassphrase("p", plain, randomBytes, cheap);
    for (const costs of [
      "m=9999999,t=1,p=1",
      "m=64,t=99,p=1",
      "m=64,t=1,p=9",
      "m=8,t=1,p=2",
      "m=064,t=1,p=1",
    ]) {
      const opened = await openWithPassphrase("p", sealed.replace("m=64,t=1,p=1", costs));
      assert.deepEqual(opened, {
        ok: false,
        error: "expected one line that begins with `countersign-sealed-1.`",
      });
    }
  });
});
