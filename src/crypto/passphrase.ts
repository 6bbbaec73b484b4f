import { concatBytes, fromBase64Url, toBase64Url, utf8 } from "#base/bytes.ts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { decrypt, encrypt, NONCE_BYTES, TAG_BYTES } from "./aead.ts";
import { type Argon2Params, argon2id, parseParams, renderParams } from "./argon2.ts";
import type { RandomBytes } from "./random.ts";

/**
 * A secret under a passphrase, as one line of text: `countersign-sealed-1.m=…,t=…,p=….BASE64URL`, whose bytes are salt,
 * nonce, cipher text and tag. Everything before them is authenticated too.
 */
const FORM = "countersign-sealed-1";

/** Opened once in a while by a person who waits: RFC 9106 section 4, the second recommended option. */
const PARAMS: Argon2Params = { memoryKiB: 64 * 1024, passes: 3, lanes: 4 };

const SALT_BYTES = 16;
const KEY_BYTES = 32;

export async function sealWithPassphrase(
  passphrase: string,
  plain: Uint8Array,
  random: RandomBytes,
  params: Argon2Params = PARAMS,
): Promise<string> {
  const head = `${FORM}.${renderParams(params)}`;
  const salt = random(SALT_BYTES);
  const nonce = random(NONCE_BYTES);
  const key = await argon2id(utf8(passphrase), salt, KEY_BYTES, params);
  return `${head}.${toBase64Url(concatBytes(salt, nonce, encrypt(key, nonce, utf8(head), plain)))}`;
}

/** The sealed bytes, or a sentence. A wrong passphrase and an altered text cannot be told apart. */
export async function openWithPassphrase(
  passphrase: string,
  text: string,
): Promise<Outcome<Uint8Array, string>> {
  const [form, costs = "", encoded = "", more] = text.trim().split(".");
  const params = parseParams(costs);
  const bytes = fromBase64Url(encoded);
  const least = SALT_BYTES + NONCE_BYTES + TAG_BYTES;
  if (
    form !== FORM ||
    params === undefined ||
    bytes === undefined ||
    bytes.length < least ||
    more !== undefined
  ) {
    return refuse(`expected one line that begins with \`${FORM}.\``);
  }
  const salt = bytes.subarray(0, SALT_BYTES);
  const nonce = bytes.subarray(SALT_BYTES, SALT_BYTES + NONCE_BYTES);
  const key = await argon2id(utf8(passphrase), salt, KEY_BYTES, params);
  const plain = decrypt(key, nonce, utf8(`${form}.${costs}`), bytes.subarray(SALT_BYTES + NONCE_BYTES));
  return plain === undefined ? refuse("the passphrase is wrong or the text was altered") : accept(plain);
}
