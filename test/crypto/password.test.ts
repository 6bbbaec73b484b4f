import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { toHex, utf8 } from "#base/bytes.ts";
import { argon2id } from "#crypto/argon2.ts";
import { createGate, type Rank } from "#crypto/gate.ts";
import { createPasswordHasher, PASSWORD_PARAMS } from "#crypto/password.ts";
import { randomBytes } from "#crypto/random.ts";

const CHEAP = { memoryKiB: 64, passes: 1, lanes: 1 };
const hasher = createPasswordHasher({ concurrency: 2, queue: 100, params: CHEAP, random: randomBytes });

async function hashed(password: string, by = hasher): Promise<string> {
  const result = await by.hash(password);
  assert.ok(result.ok);
  return result.value;
}

test("argon2id as the reference implementation has it (phc-winner-argon2, test.c, version 0x13)", async () => {
  const digest = await argon2id(utf8("password"), utf8("somesalt"), 32, {
    memoryKiB: 65536,
    passes: 2,
    lanes: 1,
  });
  assert.equal(toHex(digest), "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
});

describe("a password hash", () => {
  test("is of its password alone", async () => {
    const encoded = await hashed("Tr0ub4dor&3");
    for (const [password, right] of [
      ["Tr0ub4dor&3", true],
      ["Tr0ub4dor&4", false],
      ["", false],
      ["Tr0ub4dor&3 ", false],
    ] as const) {
      assert.deepEqual(await hasher.verify(password, encoded), { ok: true, value: right });
    }
  });

  test("says what it cost, and is another each time", async () => {
    const encoded = await hashed("p");
    assert.match(encoded, /^\$argon2id\$v=19\$m=64,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    assert.notEqual(await hashed("p"), encoded);
  });

  test("by default costs what OWASP asks for at least", async () => {
    assert.deepEqual(PASSWORD_PARAMS, { memoryKiB: 19456, passes: 2, lanes: 1 });
    const dear = createPasswordHasher({
      concurrency: 1,
      queue: 0,
      params: PASSWORD_PARAMS,
      random: randomBytes,
    });
    const encoded = await hashed("p", dear);
    assert.match(encoded, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    // read by its own parameters, whoever reads it
    assert.deepEqual(await hasher.verify("p", encoded), { ok: true, value: true });
    assert.deepEqual([hasher.needsRehash(encoded), dear.needsRehash(encoded)], [false, false]);
    assert.deepEqual([dear.needsRehash(await hashed("p")), dear.needsRehash("x")], [true, true]);
  });

  test("does not verify with any character altered, nor in another form", async () => {
    const encoded = await hashed("p");
    for (let at = 0; at < encoded.length; at++) {
      const altered = `${encoded.slice(0, at)}${encoded[at] === "2" ? "3" : "2"}${encoded.slice(at + 1)}`;
      assert.deepEqual(await hasher.verify("p", altered), { ok: true, value: false }, altered);
    }
    // the salt's last character carries two bits that say something and four that must be zero
    const salt = encoded.split("$")[4] ?? "";
    const tail = String.fromCharCode(salt.charCodeAt(21) + 1);
    const others = [
      "",
      "x",
      encoded.replace("argon2id", "argon2i"),
      `${encoded}=`,
      `${encoded}\n`,
      encoded.replace("v=19", "v=16"),
      encoded.replace(salt, `${salt.slice(0, 21)}${tail}`),
    ];
    const dear = ["m=9999999,t=1,p=1", "m=64,t=99,p=1", "m=64,t=1,p=9", "m=64,t=01,p=1", "t=1,m=64,p=1"];
    for (const form of [...others, ...dear.map((costs) => encoded.replace("m=64,t=1,p=1", costs))]) {
      assert.deepEqual(await hasher.verify("p", form), { ok: true, value: false }, form);
    }
  });
});

describe("the gate", () => {
  /** Work that ends when told. */
  function pieces() {
    const begun: (() => void)[] = [];
    return { begun, work: () => new Promise<void>((resolve) => void begun.push(resolve)) };
  }

  test("runs so many, lets so many wait, and turns the next away before it begins", async () => {
    const gate = createGate(2, 3);
    const { begun, work } = pieces();
    const results = Array.from({ length: 7 }, () => gate.run(work));
    assert.deepEqual(await Promise.all(results.slice(5)), [
      { ok: false, error: "busy" },
      { ok: false, error: "busy" },
    ]);
    assert.equal(begun.length, 2);
    for (let at = 0; at < 5; at++) {
      begun[at]?.();
      await results[at];
      // the next one begins when the microtasks of this one are through
      await setImmediate();
      assert.equal(begun.length, Math.min(at + 3, 5));
    }
    assert.ok((await Promise.all(results.slice(0, 5))).every(({ ok }) => ok));
  });

  test("each rank has a queue of its own, and waits for one piece of a lower one at most", async () => {
    const gate = createGate(1, 2);
    const order: string[] = [];
    const enter = (name: string, rank?: Rank) => gate.run(async () => void order.push(name), rank);
    const all = await Promise.all([
      enter("first"),
      enter("second"),
      enter("third"),
      enter("shed"),
      enter("administrator", "proven"),
      enter("owner", "ahead"),
      enter("other owner", "ahead"),
      enter("shed too", "ahead"),
    ]);
    assert.deepEqual(
      all.map(({ ok }) => ok),
      [true, true, true, false, true, true, true, false],
    );
    assert.deepEqual(order, ["first", "owner", "other owner", "administrator", "second", "third"]);
  });

  test("work that throws gives its place back", async () => {
    const gate = createGate(1, 0);
    await assert.rejects(
      gate.run(() => Promise.reject(new Error("broken"))),
      /broken/,
    );
    assert.deepEqual(await gate.run(async () => 5), { ok: true, value: 5 });
  });

  test("hashes beyond the queue are shed", async () => {
    const small = createPasswordHasher({ concurrency: 1, queue: 1, params: CHEAP, random: randomBytes });
    const results = await Promise.all(Array.from({ length: 5 }, () => small.hash("p")));
    assert.deepEqual(
      results.map(({ ok }) => ok),
      [true, true, false, false, false],
    );
    const encoded = await hashed("p", small);
    const checks = await Promise.all(Array.from({ length: 3 }, () => small.verify("p", encoded)));
    assert.deepEqual(
      checks.map(({ ok }) => ok),
      [true, true, false],
    );
  });
});
