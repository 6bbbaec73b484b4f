import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import type { Clock } from "#base/clock.ts";
import type { Log } from "./log.ts";

/** Paths of a certificate chain and its private key, as PEM. Who renews them replaces them while the server runs. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** What the files hold: a certificate chain, and the key that is the first one's. */
export interface TlsPair {
  readonly cert: Buffer;
  readonly key: Buffer;
}

export interface Certificate {
  /** As it was at the start. */
  readonly first: TlsPair;
  /** Looks at the files, and hands on what they hold once it is another pair. What does not fit changes nothing. */
  follow(renew: (pair: TlsPair) => void): Promise<void>;
}

/** Two files that hold no certificate and its key. */
class UnfitPair extends Error {
  readonly code = "TLS_PAIR_UNFIT";
}

/** Reads the files. Rejects with the system's error where one cannot be read, and with an `UnfitPair`. */
export async function openCertificate(files: TlsFiles, log: Log, clock: Clock): Promise<Certificate> {
  let served = await stateOf(files);
  let refused = "";
  const first = await readPair(files);
  warnUnlessValid(first, log, clock);
  return {
    first,
    async follow(renew) {
      // taken before they are read: what changes in between is seen in the next round
      const state = await stateOf(files);
      if (state === served) return;
      try {
        const pair = await readPair(files);
        renew(pair);
        served = state;
        log.info({ validTo: validityOf(pair).validTo }, "new connections get the renewed certificate");
        warnUnlessValid(pair, log, clock);
      } catch (error) {
        // as a rule half of a renewal: it is tried again in every round, and told once
        if (state !== refused)
          log.warn({ err: error }, "the changed certificate does not serve: the old one does");
        refused = state;
      }
    },
  };
}

async function readPair(files: TlsFiles): Promise<TlsPair> {
  const pair = { cert: await readFile(files.cert), key: await readFile(files.key) };
  if (!belongTogether(pair)) throw new UnfitPair("the key is another certificate's");
  return pair;
}

/** OpenSSL takes a key of another kind than the certificate's without a word, and then nobody can connect. */
function belongTogether({ cert, key }: TlsPair): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch (cause) {
    throw new UnfitPair("no certificate, or no key without a passphrase", { cause });
  }
}

/** Changes with the files, also where a name leads to another file than before. */
async function stateOf({ cert, key }: TlsFiles): Promise<string> {
  const states = await Promise.all([cert, key].map(stateOfFile));
  return states.join(" ");
}

async function stateOfFile(path: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true });
    return [dev, ino, size, mtimeNs].join(":");
  } catch {
    return "none";
  }
}

const validityOf = ({ cert }: TlsPair): { validFrom: Date; validTo: Date } => {
  const { validFromDate, validToDate } = new X509Certificate(cert);
  return { validFrom: validFromDate, validTo: validToDate };
};

/** Clients refuse it then, and whoever runs the server may have no client at hand. */
function warnUnlessValid(pair: TlsPair, log: Log, clock: Clock): void {
  const { validFrom, validTo } = validityOf(pair);
  const now = clock();
  if (validTo.getTime() < now) log.warn({ validTo }, "the certificate has expired");
  else if (validFrom.getTime() > now) log.warn({ validFrom }, "the certificate is not valid yet");
}
