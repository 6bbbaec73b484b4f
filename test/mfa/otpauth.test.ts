import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { TOTP, URI } from "otpauth";
import { otpauthUri } from "#mfa/otpauth.ts";
import { qrPng } from "#mfa/qr.ts";
import { codeAt } from "#mfa/totp.ts";
import { readQrCode } from "../support/qr.ts";

const SEED = Uint8Array.from({ length: 40 }, (_, at) => (at * 89 + 3) % 256);

test("the form is AWS's, with our issuer", () => {
  const uri = otpauthUri({
    issuer: "Countersign",
    device: "alice-phone",
    account: "acme",
    seed: SEED.slice(0, 10),
  });
  assert.equal(uri, "otpauth://totp/Countersign:alice-phone@acme?secret=ANOLKDTHYAMXFSZE&issuer=Countersign");
});

test("names and blanks are encoded, and the sign before the account is not", () => {
  const uri = otpauthUri({
    issuer: "Our Office & Co",
    device: "a+b=c,d.e@f_g-h",
    account: "123456789012",
    seed: SEED,
  });
  const label = "Our%20Office%20%26%20Co:a%2Bb%3Dc%2Cd.e%40f_g-h@123456789012";
  assert.ok(uri.startsWith(`otpauth://totp/${label}?secret=`), uri);
  assert.ok(uri.endsWith("&issuer=Our%20Office%20%26%20Co"), uri);
});

const names = fc.stringMatching(/^[\w+=,.@-]{1,128}$/);
const issuers = fc
  .stringMatching(/^[A-Za-zÄéß漢 .,&?#%/+@'-]{1,20}$/)
  .filter((text) => text.trim() === text && text !== "");

test("another's parser reads what we wrote", () => {
  fc.assert(
    fc.property(issuers, names, fc.uint8Array({ minLength: 40, maxLength: 40 }), (issuer, device, seed) => {
      const read = URI.parse(otpauthUri({ issuer, device, account: "123456789012", seed }));
      assert.ok(read instanceof TOTP);
      assert.deepEqual(
        [read.issuer, read.label, read.algorithm, read.digits, read.period],
        [issuer, `${device}@123456789012`, "SHA1", 6, 30],
      );
      assert.equal(read.generate({ timestamp: 1_796_000_000_000 }), codeAt(seed, 59_866_666));
    }),
  );
});

test("a phone reads the URI from the PNG, the longest one too", async () => {
  for (const device of ["phone", "d".repeat(128)]) {
    const uri = otpauthUri({ issuer: "Countersign", device, account: "123456789012", seed: SEED });
    const png = await qrPng(uri);
    assert.equal(Buffer.from(png.subarray(1, 4)).toString("latin1"), "PNG");
    assert.equal(readQrCode(png), uri);
  }
});
