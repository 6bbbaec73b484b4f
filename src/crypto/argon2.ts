import { argon2 } from "node:crypto";

/** What a hash costs (RFC 9106 section 3.1). */
export interface Argon2Params {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/** More than this is refused when it is read from stored text: a forged row must not eat the machine. */
const MOST: Argon2Params = { memoryKiB: 256 * 1024, passes: 10, lanes: 4 };

export const affordable = ({ memoryKiB, passes, lanes }: Argon2Params): boolean =>
  lanes >= 1 &&
  lanes <= MOST.lanes &&
  passes >= 1 &&
  passes <= MOST.passes &&
  // RFC 9106 section 3.1: at least 8 KiB a lane
  memoryKiB >= 8 * lanes &&
  memoryKiB <= MOST.memoryKiB;

/** The `m=…,t=…,p=…` of the PHC string form. */
export const renderParams = ({ memoryKiB, passes, lanes }: Argon2Params): string =>
  `m=${memoryKiB},t=${passes},p=${lanes}`;

/** The parameters in `text`, or undefined for another form or for what is not `affordable`. */
export function parseParams(text: string): Argon2Params | undefined {
  const [, m, t, p] = /^m=([1-9]\d{0,6}),t=([1-9]\d?),p=([1-9])$/.exec(text) ?? [];
  const params = { memoryKiB: Number(m), passes: Number(t), lanes: Number(p) };
  return affordable(params) ? params : undefined;
}

/** Argon2id on the thread pool. `salt` has at least 8 bytes. */
export function argon2id(
  secret: Uint8Array,
  salt: Uint8Array,
  size: number,
  { memoryKiB, passes, lanes }: Argon2Params,
): Promise<Uint8Array> {
  const input = {
    message: secret,
    nonce: salt,
    tagLength: size,
    memory: memoryKiB,
    passes,
    parallelism: lanes,
  };
  return new Promise((resolve, reject) => {
    argon2("argon2id", input, (error, digest) => (error ? reject(error) : resolve(digest)));
  });
}
