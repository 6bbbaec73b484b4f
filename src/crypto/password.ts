import { utf8 } from "#base/bytes.ts";
import { equalBytes } from "#base/constant-time.ts";
import type { Outcome } from "#base/outcome.ts";
import { accept } from "#base/outcome.ts";
import type { Argon2Params } from "./argon2.ts";
import { argon2id, parseParams, renderParams } from "./argon2.ts";
import { createGate, type Rank } from "./gate.ts";
import type { RandomBytes } from "./random.ts";

/**
 * Hashes passwords with argon2id, at most cores - 1 at once; when the bounded queue is full the answer is `busy`, before any
 * work is done (DESIGN 3.7).
 */
export interface PasswordHasher {
  /** The encoded hash (parameters, salt and digest in one string). */
  hash(password: string, rank?: Rank): Promise<Outcome<string, "busy">>;
  /** Whether `password` is the one behind `encoded`. What is no hash of ours is nobody's password. */
  verify(password: string, encoded: string, rank?: Rank): Promise<Outcome<boolean, "busy">>;
  /** Whether `encoded` was made with weaker parameters than today's: hash again at the next right password. */
  needsRehash(encoded: string): boolean;
}

/** OWASP Password Storage Cheat Sheet, "Argon2id": 19 MiB, two passes, one lane. */
export const PASSWORD_PARAMS: Argon2Params = Object.freeze({ memoryKiB: 19 * 1024, passes: 2, lanes: 1 });

const SALT_BYTES = 16;
const DIGEST_BYTES = 32;

export interface PasswordHasherOptions {
  /** Hashes at once: at most cores - 1, and fewer than libuv has threads, since each holds one. */
  readonly concurrency: number;
  /** Hashes that may wait for their turn. */
  readonly queue: number;
  readonly params: Argon2Params;
  readonly random: RandomBytes;
}

export function createPasswordHasher({
  concurrency,
  queue,
  params,
  random,
}: PasswordHasherOptions): PasswordHasher {
  const gate = createGate(concurrency, queue);
  return {
    hash: (password, rank) =>
      gate.run(async () => {
        const salt = random(SALT_BYTES);
        return render({ params, salt, digest: await argon2id(utf8(password), salt, DIGEST_BYTES, params) });
      }, rank),
    async verify(password, encoded, rank) {
      const parsed = parse(encoded);
      if (parsed === undefined) return accept(false);
      return gate.run(async () => {
        const { salt, digest } = parsed;
        return equalBytes(await argon2id(utf8(password), salt, digest.length, parsed.params), digest);
      }, rank);
    },
    needsRehash: (encoded) => isWeaker(parse(encoded)?.params, params),
  };
}

interface EncodedHash {
  readonly params: Argon2Params;
  readonly salt: Uint8Array;
  readonly digest: Uint8Array;
}

const isWeaker = (stored: Argon2Params | undefined, today: Argon2Params): boolean =>
  stored === undefined || stored.memoryKiB < today.memoryKiB || stored.passes < today.passes;

/** PHC string form: base64 without padding. */
const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64").replace(/=+$/, "");

const render = ({ params, salt, digest }: EncodedHash): string =>
  `$argon2id$v=19$${renderParams(params)}$${unpadded(salt)}$${unpadded(digest)}`;

function parse(encoded: string): EncodedHash | undefined {
  const match = /^\$argon2id\$v=19\$([mtp=,\d]+)\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/.exec(encoded);
  const [, costs = "", saltText = "", digestText = ""] = match ?? [];
  const params = parseParams(costs);
  if (params === undefined) return undefined;
  const parsed = { params, salt: Buffer.from(saltText, "base64"), digest: Buffer.from(digestText, "base64") };
  // a tail of non-zero bits, or parameters in another spelling, is not what we wrote
  return render(parsed) === encoded ? parsed : undefined;
}
