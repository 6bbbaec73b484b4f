import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { becomes } from "./becomes.ts";
import type { CertificateFiles } from "./certificate.ts";
import { freshFolder } from "./server.ts";
import { tool } from "./tools.ts";

export interface NginxOptions {
  /** Of the server behind it. */
  readonly port: number;
  readonly https: number;
  readonly http: number;
  readonly certificate: CertificateFiles;
}

export interface Nginx {
  /** What it has complained of so far. */
  stderr(): string;
  stop(): Promise<void>;
}

const SITE = join(import.meta.dirname, "../../deploy/nginx.conf");

/** What stands around a site, for a process of the user who runs the tests: one process, all its files in one folder. */
const AROUND = `
daemon off;
master_process off;
pid nginx.pid;
error_log stderr warn;
events { worker_connections 128; }
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  include site.conf;
}
`;

/** Runs nginx with `deploy/nginx.conf`, of which names, ports and paths alone are others. */
export async function startNginx(options: NginxOptions): Promise<Nginx> {
  const folder = freshFolder("nginx");
  writeFileSync(join(folder, "site.conf"), siteOf(options));
  writeFileSync(join(folder, "nginx.conf"), AROUND);
  const program = tool("nginx") ?? "nginx";
  const child = spawn(program, ["-e", "stderr", "-p", folder, "-c", "nginx.conf"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = once(child, "close");
  await becomes(
    true,
    () => child.exitCode === null && listensAt(options.https),
    () => stderr,
  );
  return {
    stderr: () => stderr,
    async stop() {
      child.kill("SIGTERM");
      assert.deepEqual(await ended, [0, null], stderr);
    },
  };
}

function siteOf({ port, https, http, certificate }: NginxOptions): string {
  const others: readonly (readonly [RegExp, string])[] = [
    // a machine need not have IPv6
    [/ +listen \[::\]:\d+.*\n/g, ""],
    [/listen 443 ssl/g, `listen 127.0.0.1:${https} ssl`],
    [/listen 80;/g, `listen 127.0.0.1:${http};`],
    [/127\.0\.0\.1:8400/g, `127.0.0.1:${port}`],
    [/https:\/\/id\.example\.com\$/g, `https://localhost:${https}$`],
    [/server_name id\.example\.com/g, "server_name localhost"],
    [/\/etc\/ssl\/countersign\/fullchain\.pem/g, certificate.cert],
    [/\/etc\/ssl\/countersign\/privkey\.pem/g, certificate.key],
  ];
  const directives = readFileSync(SITE, "utf8").replace(/^\s*#.*\n/gm, "");
  return others.reduce((site, [what, by]) => {
    assert.match(site, what);
    return site.replace(what, () => by);
  }, directives);
}

async function listensAt(port: number): Promise<boolean> {
  const socket = connect({ port, host: "127.0.0.1" });
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
