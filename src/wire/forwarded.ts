import { BlockList, isIP, isIPv4, SocketAddress } from "node:net";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { headerValues, type RawRequest } from "./raw.ts";

/** The proxies whose word about the caller is taken. */
export interface ProxyList {
  /** `address` as `normalizeAddress` writes it. */
  readonly has: (address: string) => boolean;
}

/** Addresses and CIDR ranges, IPv4 and IPv6, apart by commas or blanks; empty text lists nobody. The error names the entry. */
export function parseProxies(text: string): Outcome<ProxyList, string> {
  const listed = new BlockList();
  for (const entry of text.split(/[\s,]+/).filter(Boolean)) {
    const range = parseRange(entry);
    if (range === undefined) return refuse(`\`${entry}\` is neither an address nor a CIDR range`);
    listed.addSubnet(range.address, range.bits, familyOf(range.address));
  }
  return accept({ has: (address) => isIP(address) !== 0 && listed.check(address, familyOf(address)) });
}

/**
 * Who calls and by what scheme (DESIGN 4): the socket's, unless it is a listed proxy's; then the right-most address in
 * X-Forwarded-For that no listed proxy has, and the right-most X-Forwarded-Proto. Other forwarding headers are ignored.
 */
export function callerAddress(raw: RawRequest, proxies: ProxyList): { address: string; secure: boolean } {
  const peer = normalizeAddress(raw.peer.address) ?? raw.peer.address;
  if (!proxies.has(peer)) return { address: peer, secure: raw.peer.encrypted };
  const scheme = listOf(raw, "x-forwarded-proto").at(-1)?.toLowerCase();
  return {
    address: forwardedFor(raw, proxies) ?? peer,
    secure: scheme === undefined ? raw.peer.encrypted : scheme === "https",
  };
}

/** Undefined where there is none: no header, only proxies, or words a proxy should not write, left of which all is hearsay. */
function forwardedFor(raw: RawRequest, proxies: ProxyList): string | undefined {
  const entries = listOf(raw, "x-forwarded-for");
  for (let at = entries.length - 1; at >= 0; at--) {
    const address = normalizeAddress(entries[at] ?? "");
    if (address === undefined || !proxies.has(address)) return address;
  }
  return undefined;
}

/** One spelling per address: no port, brackets or zone, lower case, compressed, IPv4 for IPv4-mapped IPv6. */
export function normalizeAddress(text: string): string | undefined {
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/%.*$/s, "");
  if (isIPv4(address)) return address;
  if (isIP(address) !== 6) return undefined;
  const compressed = new SocketAddress({ address, family: "ipv6" }).address;
  const mapped = compressed.startsWith(MAPPED) ? compressed.slice(MAPPED.length) : "";
  return isIPv4(mapped) ? mapped : compressed;
}

const MAPPED = "::ffff:";

function parseRange(entry: string): { address: string; bits: number } | undefined {
  const [, start = "", length] = /^([^/%]*)(?:\/(\d{1,3}))?$/.exec(entry) ?? [];
  const address = isIP(start) === 0 ? undefined : normalizeAddress(start);
  if (address === undefined) return undefined;
  const width = start.includes(":") ? 128 : 32;
  const bits = length === undefined ? width : Number(length);
  if (bits > width) return undefined;
  // an IPv4-mapped range became an IPv4 one: its first 96 bits are gone
  const mapped = width === 128 && isIPv4(address) ? bits - 96 : bits;
  return mapped < 0 ? undefined : { address, bits: mapped };
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv4(address) ? "ipv4" : "ipv6";
}

/** A list header's entries, all its lines taken together in order (RFC 9110 section 5.3). */
function listOf(raw: RawRequest, name: string): readonly string[] {
  return headerValues(raw, name)
    .join(",")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
