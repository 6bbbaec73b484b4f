import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes } from "#crypto/random.ts";
import type { AccountId } from "#identity/ids.ts";
import { issueSecret, issueToken, readToken, secretHash } from "#signin/token.ts";

const ACCOUNT = "123456789012" as AccountId; // an id needs no parser here

test("a token carries its account and 256 random bits, and is stored as a hash", () => {
  const { token, tokenHash } = issueToken(ACCOUNT, randomBytes);
  assert.match(token, /^123456789012\.[\w-]{43}$/);
  assert.match(tokenHash, /^[0-9a-f]{64}$/);
  assert.deepEqual(readToken(token), { accountId: ACCOUNT, tokenHash });
  const all = new Set(Array.from({ length: 1000 }, () => issueToken(ACCOUNT, randomBytes).token));
  assert.equal(all.size, 1000);
});

test("a secret has no account", () => {
  const { token, tokenHash } = issueSecret(randomBytes);
  assert.equal(secretHash(token), tokenHash);
  assert.equal(readToken(token), undefined);
});

test("what has another form is no token", () => {
  const { token } = issueToken(ACCOUNT, randomBytes);
  for (const text of [
    undefined,
    "",
    "x",
    token.slice(1),
    `${token}=`,
    `${token}\n`,
    token.replace(".", ""),
    `.${token}`,
  ]) {
    assert.equal(readToken(text), undefined);
    assert.equal(secretHash(text), undefined);
  }
});

test("a token that was issued to a holder is found where he brings it, and nowhere else", () => {
  const { token, tokenHash } = issueToken(ACCOUNT, randomBytes, "Mozilla/5.0");
  assert.equal(readToken(token, "Mozilla/5.0")?.tokenHash, tokenHash);
  for (const other of [undefined, "", "Mozilla/5", "Mozilla/5.0 ", "mozilla/5.0"]) {
    assert.notEqual(readToken(token, other)?.tokenHash, tokenHash, String(other));
  }
  const unheld = issueToken(ACCOUNT, randomBytes);
  assert.notEqual(readToken(unheld.token, "")?.tokenHash, unheld.tokenHash);
});
