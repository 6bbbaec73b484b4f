import { isIP } from "node:net";

/** Whether only this machine can reach `host`: 127.0.0.0/8, ::1 and the name `localhost` (RFC 6761 section 6.3). */
export function isLoopback(host: string): boolean {
  if (host === "localhost") return true;
  return isIP(host) === 4
    ? host.startsWith("127.")
    : isIP(host) === 6 && URL.parse(`http://[${host}]`)?.hostname === "[::1]";
}
