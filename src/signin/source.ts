import { parseAddress } from "#policy/conditions/ip.ts";

/**
 * Where an attempt comes from, as attempts are counted: one IPv4 address; of IPv6 the network of 64 bits, since one machine may
 * have all of its addresses.
 */
export function sourceOf(address: string): string {
  const groups = parseAddress(address);
  if (groups?.length !== 8) return address.slice(0, LONGEST);
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::/64`;
}

/** Longer than any address; what is none, such as the path of a socket, is cut. */
const LONGEST = 64;
