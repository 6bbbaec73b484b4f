import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { tool } from "./tools.ts";

/** Where a certificate and its key lie. */
export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

const KINDS = {
  ec: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"],
  rsa: ["-newkey", "rsa:2048"],
};

/** Has openssl make a certificate of `localhost` that signs itself, good for two days. */
export function makeCertificate(
  folder: string,
  name: string,
  kind: keyof typeof KINDS = "ec",
): CertificateFiles {
  const files = { cert: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  const subject = ["-subj", `/CN=${name}`, "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const out = ["-keyout", files.key, "-out", files.cert];
  const args = ["req", "-x509", "-nodes", "-days", "2", ...KINDS[kind], ...subject, ...out];
  execFileSync(tool("openssl") ?? "openssl", args, { stdio: "pipe" });
  return files;
}
