import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { concatBytes, utf8 } from "#base/bytes.ts";
import { epochMs } from "#base/clock.ts";
import { openKeyring, PURPOSES, type Purpose, sealedKeyId } from "#crypto/keyring.ts";
import { randomBytes } from "#crypto/random.ts";
import { issueRootKey, type RootKey, rootKey } from "#crypto/root-key.ts";

const KEY = rootKey(new Uint8Array(32).fill(7), { state: "active" });
const PLAIN = utf8("twenty bytes of seed");
const ring = openKeyring([KEY], randomBytes);
// The table's keys are its own purposes.
const purposes = Object.keys(PURPOSES) as Purpose[];

const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString("utf8");

describe("a sealed secret", () => {
  test("opens where it was sealed", () => {
    const contexts = fc.string();
    const plains = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(fc.constantFrom(...purposes), contexts, plains, (purpose, context, plain) => {
        assert.deepEqual(
          Buffer.from(ring.open(purpose, context, ring.seal(purpose, context, plain)) ?? []),
          Buffer.from(plain),
        );
      }),
    );
  });

  test("opens for no other purpose", () => {
    for (const purpose of purposes) {
      const sealed = ring.seal(purpose, "here", PLAIN);
      const opened = purposes.filter((other) => ring.open(other, "here", sealed) !== undefined);
      assert.deepEqual(opened, [purpose]);
    }
    assert.equal(new Set(Object.values(PURPOSES)).size, purposes.length);
  });

  test("opens in no other place", () => {
    const sealed = ring.seal("mfa-seed", "111122223333/seed", PLAIN);
    for (const context of [
      "",
      "111122223333/seed ",
      "111122223333/see",
      "111122223334/seed",
      "111122223333/Seed",
    ]) {
      assert.equal(ring.open("mfa-seed", context, sealed), undefined, context);
    }
  });

  test("does not open with any bit of any byte flipped", () => {
    const sealed = ring.seal("mfa-seed", "here", PLAIN);
    for (let at = 0; at < sealed.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const altered = Uint8Array.from(sealed);
        altered[at] = (altered[at] ?? 0) ^ (1 << bit);
        assert.equal(ring.open("mfa-seed", "here", altered), undefined, `byte ${at}, bit ${bit}`);
      }
    }
  });

  test("does not open cut or drawn out", () => {
    const sealed = ring.seal("mfa-seed", "here", PLAIN);
    for (let size = 0; size < sealed.length; size++) {
      assert.equal(ring.open("mfa-seed", "here", sealed.subarray(0, size)), undefined, `${size} bytes`);
    }
    assert.equal(ring.open("mfa-seed", "here", concatBytes(sealed, Uint8Array.of(0))), undefined);
    assert.equal(ring.open("mfa-seed", "here", new Uint8Array(33)), undefined);
  });

  test("is another each time, and shows nothing of its plain bytes", () => {
    const sealed = Array.from({ length: 50 }, () => Buffer.from(ring.seal("mfa-seed", "here", PLAIN)));
    assert.equal(new Set(sealed.map((each) => each.subarray(5, 17).toString("hex"))).size, 50);
    assert.ok(sealed.every((each) => !each.includes(Buffer.from(PLAIN).subarray(0, 4))));
  });
});

describe("root keys over time", () => {
  const old = issueRootKey(randomBytes);
  const sealedBefore = openKeyring([old], randomBytes).seal("mfa-seed", "here", PLAIN);
  const tokenBefore = openKeyring([old], randomBytes).seal("session-token", "ASIA", PLAIN);
  const after = (state: "retired" | "compromised"): readonly RootKey[] => [
    KEY,
    { id: old.id, bytes: old.bytes, state, since: epochMs(0) },
  ];

  test("the newest seals, and the form says which did", () => {
    const keyring = openKeyring(after("retired"), randomBytes);
    assert.equal(keyring.activeKeyId, KEY.id);
    assert.equal(sealedKeyId(keyring.seal("mfa-seed", "here", PLAIN)), KEY.id);
    assert.equal(sealedKeyId(sealedBefore), old.id);
    assert.equal(sealedKeyId(new Uint8Array(3)), undefined);
    assert.equal(sealedKeyId(new Uint8Array(60)), undefined);
  });

  test("a retired one opens all, a compromised one only what our rows hold", () => {
    for (const [state, token] of [
      ["retired", text(PLAIN)],
      ["compromised", undefined],
    ] as const) {
      const keyring = openKeyring(after(state), randomBytes);
      assert.equal(text(keyring.open("mfa-seed", "here", sealedBefore)), text(PLAIN));
      assert.equal(text(keyring.open("session-token", "ASIA", tokenBefore)), token);
    }
  });

  test("one that is gone opens nothing, and another deployment's neither", () => {
    assert.equal(ring.open("mfa-seed", "here", sealedBefore), undefined);
    const stolen = concatBytes(Uint8Array.of(1), Buffer.from(KEY.id, "hex"), sealedBefore.subarray(5));
    assert.equal(ring.open("mfa-seed", "here", stolen), undefined);
  });
});
