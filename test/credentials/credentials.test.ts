import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { fromBase64, toBase64, utf8 } from "#base/bytes.ts";
import { epochMs } from "#base/clock.ts";
import { issueAccessKey, issueSecretAccessKey } from "#credentials/access-key.ts";
import { openSessionToken, type SessionContent, sealSessionToken } from "#credentials/session-token.ts";
import { openKeyring } from "#crypto/keyring.ts";
import { randomBytes } from "#crypto/random.ts";
import { issueRootKey } from "#crypto/root-key.ts";
import { accountOfAccessKeyId, issuePrincipalId, parseAccountId, type SerialNumber } from "#identity/ids.ts";
import { MFA_METHODS } from "#mfa/proof.ts";

const ring = openKeyring([issueRootKey(randomBytes)], randomBytes);
const account = parseAccountId("123456789012") ?? assert.fail();
const temporary = issueAccessKey("temporaryKey", account, randomBytes);
const longTerm = issueAccessKey("longTermKey", account, randomBytes);

const CONTENT: SessionContent = {
  accountId: account,
  principalId: issuePrincipalId("user", randomBytes),
  mintedBy: longTerm.accessKeyId,
  issuedAt: epochMs(1_796_000_000_123),
  expiresAt: epochMs(1_796_043_200_123),
  secretAccessKey: temporary.secretAccessKey,
  mfa: undefined,
  acting: undefined,
};
// A serial of the form that CreateVirtualMFADevice makes.
const SERIAL = "arn:aws:iam::123456789012:mfa/phone" as SerialNumber;
const PROVED: SessionContent = {
  ...CONTENT,
  mfa: { at: CONTENT.issuedAt, method: "virtual", serialNumber: SERIAL },
};

const KEY = temporary.accessKeyId;

describe("access keys", () => {
  test("are of AWS's form, and the id carries the account", () => {
    for (let n = 0; n < 200; n++) {
      const key = issueAccessKey(n % 2 ? "temporaryKey" : "longTermKey", account, randomBytes);
      assert.match(key.accessKeyId, n % 2 ? /^ASIA[A-Z2-7]{16}$/ : /^AKIA[A-Z2-7]{16}$/);
      assert.match(key.secretAccessKey, /^[A-Za-z0-9+/]{40}$/);
      assert.equal(accountOfAccessKeyId(key.accessKeyId), account);
    }
  });

  test("a secret is thirty bytes, each bit of them: no character is likelier", () => {
    const asked: number[] = [];
    const secret = issueSecretAccessKey((size) => {
      asked.push(size);
      return new Uint8Array(size).fill(0xff);
    });
    assert.deepEqual([asked, secret], [[30], "/".repeat(40)]);
  });
});

describe("a session token", () => {
  test("says what was sealed, with and without a factor", () => {
    const proofs = MFA_METHODS.map((method) => ({ at: epochMs(5), method, serialNumber: SERIAL }));
    for (const mfa of [undefined, ...proofs]) {
      const content = { ...CONTENT, mfa };
      assert.deepEqual(openSessionToken(ring, KEY, sealSessionToken(ring, KEY, content)), content);
    }
  });

  test("is base64 that shows nothing of it", () => {
    const token = sealSessionToken(ring, KEY, PROVED);
    assert.match(token, /^[A-Za-z0-9+/]+={0,2}$/);
    const bytes = Buffer.from(token, "base64");
    for (const part of [PROVED.secretAccessKey, PROVED.principalId, account, "phone"])
      assert.ok(!bytes.includes(part));
    assert.ok(token.length < 512, `${token.length} characters`);
  });

  test("opens with its own access key id alone, and on no other server", () => {
    const token = sealSessionToken(ring, KEY, PROVED);
    const another = issueAccessKey("temporaryKey", account, randomBytes).accessKeyId;
    assert.equal(openSessionToken(ring, another, token), undefined);
    assert.equal(
      openSessionToken(openKeyring([issueRootKey(randomBytes)], randomBytes), KEY, token),
      undefined,
    );
  });

  test("does not open altered in any byte", () => {
    const sealed = fromBase64(sealSessionToken(ring, KEY, PROVED)) ?? assert.fail();
    for (let at = 0; at < sealed.length; at++) {
      const altered = Uint8Array.from(sealed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      assert.equal(openSessionToken(ring, KEY, toBase64(altered)), undefined, `byte ${at}`);
    }
  });

  test("does not open from text that is not what we wrote", () => {
    const token = sealSessionToken(ring, KEY, PROVED);
    const urlSafe = token.replaceAll("+", "-").replaceAll("/", "_");
    const texts = [
      "",
      " ",
      `${token} `,
      `${token}=`,
      `${token}\n`,
      token.slice(0, -4),
      `A${token}`,
      "é".repeat(20),
    ];
    for (const text of [...texts, ...(urlSafe === token ? [] : [urlSafe]), "A".repeat(1_000_000)]) {
      assert.equal(openSessionToken(ring, KEY, text), undefined, text.slice(0, 80));
    }
    fc.assert(fc.property(fc.base64String(), (text) => openSessionToken(ring, KEY, text) === undefined));
  });

  test("is decoded strictly, should another form ever be sealed", () => {
    const { accountId, principalId, mintedBy, issuedAt, expiresAt, secretAccessKey } = CONTENT;
    const good: readonly unknown[] = [
      1,
      accountId,
      principalId,
      mintedBy,
      issuedAt,
      expiresAt,
      secretAccessKey,
    ];
    const open = (plain: string) =>
      openSessionToken(ring, KEY, toBase64(ring.seal("session-token", KEY, utf8(plain))));
    assert.deepEqual(open(JSON.stringify(good)), CONTENT);
    const bad: readonly unknown[] = [
      null,
      {},
      [],
      [...good, null],
      [...good, 1, "virtual"],
      [...good, 1, "magic", SERIAL],
      [...good, 1, "virtual", ""],
      [...good, 1, "virtual", SERIAL, 0],
      good.slice(0, -1),
      good.with(0, 2),
      good.with(0, "1"),
      good.with(1, 123456789012),
      good.with(2, ""),
      good.with(4, 1.5),
      good.with(5, null),
      good.with(6, ["x"]),
    ];
    for (const form of bad) assert.equal(open(JSON.stringify(form)), undefined, JSON.stringify(form));
    for (const text of ["", "x", `${JSON.stringify(good)} `, JSON.stringify(good).replace("[1,", "[1.0,")]) {
      assert.equal(open(text), undefined, text);
    }
  });
});
