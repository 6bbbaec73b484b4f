import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { callerAddress, normalizeAddress, type ProxyList, parseProxies } from "#wire/forwarded.ts";

const PROXIES = "10.0.0.0/8, 192.0.2.7 2001:db8:1::/48,::1";

interface Case {
  readonly name: string;
  readonly peer: string;
  readonly headers?: readonly string[];
  readonly proxies?: string;
  readonly encrypted?: boolean;
  readonly address: string;
  readonly secure?: boolean;
}

const FOR = "X-Forwarded-For";
const PROTO = "X-Forwarded-Proto";

const CASES: readonly Case[] = [
  // the socket's own
  { name: "no header", peer: "198.51.100.1", address: "198.51.100.1" },
  {
    name: "a stranger who forges",
    peer: "198.51.100.1",
    headers: [FOR, "1.2.3.4", PROTO, "https"],
    address: "198.51.100.1",
    secure: false,
  },
  {
    name: "a stranger over TLS who forges",
    peer: "198.51.100.1",
    headers: [PROTO, "http"],
    encrypted: true,
    address: "198.51.100.1",
    secure: true,
  },
  { name: "no proxy listed", peer: "10.1.1.1", headers: [FOR, "1.2.3.4"], proxies: "", address: "10.1.1.1" },
  { name: "an address beside the range", peer: "11.0.0.1", headers: [FOR, "1.2.3.4"], address: "11.0.0.1" },
  { name: "a proxy that says nothing", peer: "10.1.1.1", address: "10.1.1.1" },
  {
    name: "a proxy that says nothing, over TLS",
    peer: "10.1.1.1",
    encrypted: true,
    address: "10.1.1.1",
    secure: true,
  },
  // a listed proxy's word
  { name: "one proxy", peer: "10.1.1.1", headers: [FOR, "1.2.3.4"], address: "1.2.3.4" },
  { name: "a proxy listed alone", peer: "192.0.2.7", headers: [FOR, "1.2.3.4"], address: "1.2.3.4" },
  {
    name: "a neighbour of a proxy listed alone",
    peer: "192.0.2.8",
    headers: [FOR, "1.2.3.4"],
    address: "192.0.2.8",
  },
  { name: "an IPv6 proxy", peer: "2001:DB8:1:0::9", headers: [FOR, "2001:DB8::0:7"], address: "2001:db8::7" },
  { name: "an IPv4-mapped proxy", peer: "::ffff:10.1.1.1", headers: [FOR, "1.2.3.4"], address: "1.2.3.4" },
  {
    name: "the right-most, whatever was forged left of it",
    peer: "10.1.1.1",
    headers: [FOR, "9.9.9.9, 1.2.3.4"],
    address: "1.2.3.4",
  },
  {
    name: "past other listed proxies",
    peer: "10.1.1.1",
    headers: [FOR, "9.9.9.9, 1.2.3.4, 192.0.2.7, ::ffff:10.9.9.9"],
    address: "1.2.3.4",
  },
  {
    name: "several lines are one list",
    peer: "10.1.1.1",
    headers: [FOR, "9.9.9.9", "x-forwarded-for", "1.2.3.4", FOR, "10.2.2.2"],
    address: "1.2.3.4",
  },
  { name: "empty entries", peer: "10.1.1.1", headers: [FOR, " 1.2.3.4 ,, "], address: "1.2.3.4" },
  { name: "proxies alone", peer: "10.1.1.1", headers: [FOR, "10.3.3.3, 10.2.2.2"], address: "10.1.1.1" },
  { name: "no address", peer: "10.1.1.1", headers: [FOR, "1.2.3.4, unknown"], address: "10.1.1.1" },
  {
    name: "no address left of a proxy",
    peer: "10.1.1.1",
    headers: [FOR, "1.2.3.4, _hidden, 10.2.2.2"],
    address: "10.1.1.1",
  },
  { name: "an entry with a port", peer: "10.1.1.1", headers: [FOR, "1.2.3.4:5678"], address: "1.2.3.4" },
  {
    name: "an entry with brackets and a port",
    peer: "10.1.1.1",
    headers: [FOR, "[2001:db8::7]:5678"],
    address: "2001:db8::7",
  },
  // scheme
  {
    name: "https before a proxy",
    peer: "10.1.1.1",
    headers: [FOR, "1.2.3.4", PROTO, "HTTPS"],
    address: "1.2.3.4",
    secure: true,
  },
  {
    name: "http before a proxy that uses TLS",
    peer: "10.1.1.1",
    headers: [FOR, "1.2.3.4", PROTO, "http"],
    encrypted: true,
    address: "1.2.3.4",
    secure: false,
  },
  {
    name: "a forged https left of the proxy's http",
    peer: "10.1.1.1",
    headers: [FOR, "1.2.3.4", PROTO, "https, http"],
    address: "1.2.3.4",
    secure: false,
  },
  {
    name: "a scheme that is none",
    peer: "10.1.1.1",
    headers: [FOR, "1.2.3.4", PROTO, "httpsx"],
    encrypted: true,
    address: "1.2.3.4",
    secure: false,
  },
  // other headers say nothing
  {
    name: "Forwarded and its kind",
    peer: "10.1.1.1",
    headers: [
      "Forwarded",
      "for=1.2.3.4;proto=https",
      "X-Real-IP",
      "1.2.3.4",
      "True-Client-IP",
      "1.2.3.4",
      "CF-Connecting-IP",
      "1.2.3.4",
      "X-Forwarded-Ssl",
      "on",
    ],
    address: "10.1.1.1",
    secure: false,
  },
  // forms
  { name: "an IPv4-mapped socket", peer: "::ffff:198.51.100.1", address: "198.51.100.1" },
  { name: "a zone", peer: "fe80::1%eth0", address: "fe80::1" },
  { name: "a socket that is gone", peer: "", headers: [FOR, "1.2.3.4"], address: "" },
];

for (const { name, peer, headers = [], proxies = PROXIES, encrypted = false, address, secure } of CASES) {
  test(name, () => {
    const raw = {
      method: "GET",
      target: "/",
      rawHeaders: headers,
      body: Buffer.alloc(0),
      peer: { address: peer, encrypted },
    };
    const from = callerAddress(raw, listed(proxies));
    assert.equal(from.address, address);
    assert.equal(from.secure, secure ?? false);
  });
}

const FORMS: readonly (readonly [string, string | undefined])[] = [
  ["1.2.3.4", "1.2.3.4"],
  ["1.2.3.4:80", "1.2.3.4"],
  ["::FFFF:1.2.3.4", "1.2.3.4"],
  ["::ffff:0102:0304", "1.2.3.4"],
  ["0:0:0:0:0:ffff:1.2.3.4", "1.2.3.4"],
  ["[::ffff:1.2.3.4]:80", "1.2.3.4"],
  ["2001:0DB8:0000:0000:0000:0000:0000:0001", "2001:db8::1"],
  ["2001:db8:0:1:0:0:0:1", "2001:db8:0:1::1"],
  ["[2001:db8::1]", "2001:db8::1"],
  ["[fe80::1%25eth0]:80", "fe80::1"],
  ["::", "::"],
  ["01.2.3.4", undefined],
  ["1.2.3", undefined],
  ["0x7f.1", undefined],
  ["1.2.3.4.5", undefined],
  ["1.2.3.256", undefined],
  ["[1.2.3.4", undefined],
  ["2001:db8::1::2", undefined],
  ["localhost", undefined],
  ["", undefined],
  ["1.2.3.4\0", undefined],
];

for (const [text, address] of FORMS) {
  test(`the form of '${JSON.stringify(text)}'`, () => assert.equal(normalizeAddress(text), address));
}

const LISTS: readonly (readonly [string, string, boolean])[] = [
  ["0.0.0.0/0", "1.2.3.4", true],
  ["0.0.0.0/0", "::1", false],
  ["::/0", "2001:db8::1", true],
  ["10.1.2.3/8", "10.200.0.1", true],
  ["10.0.0.0/9", "10.128.0.0", false],
  ["10.0.0.1/32", "10.0.0.2", false],
  ["::ffff:10.0.0.0/104", "10.9.9.9", true],
  ["::ffff:10.0.0.1", "10.0.0.1", true],
  ["2001:DB8::/33", "2001:db8:8000::1", false],
  [" ,\n10.0.0.1 ,", "10.0.0.1", true],
  ["", "127.0.0.1", false],
];

for (const [text, address, expected] of LISTS) {
  test(`'${text.trim()}' ${expected ? "lists" : "does not list"} ${address}`, () => {
    assert.equal(listed(text).has(address), expected);
  });
}

for (const entry of [
  "10.0.0.0/33",
  "::1/129",
  "10.0.0.0/",
  "10.0.0.0/-1",
  "10.0.0.0/8/8",
  "example.com",
  "[::1]",
  "10.0.0.1:80",
  "fe80::1%eth0",
  "::ffff:10.0.0.0/95",
  "10.0.0.0/1000",
  "loopback",
]) {
  test(`'${entry}' is no proxy`, () => {
    const result = parseProxies(`10.0.0.1, ${entry}`);
    assert.deepEqual(result, { ok: false, error: `\`${entry}\` is neither an address nor a CIDR range` });
  });
}

test("whatever bytes come, an address comes out and nothing is thrown", () => {
  const proxies = listed("127.0.0.1");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (text, peer) => {
      const raw = {
        method: "",
        target: "",
        rawHeaders: [FOR, text, PROTO, text],
        body: Buffer.alloc(0),
        peer: { address: peer, encrypted: false },
      };
      assert.equal(typeof callerAddress(raw, proxies).address, "string");
      assert.ok(
        callerAddress({ ...raw, peer: { address: "127.0.0.1", encrypted: false } }, proxies).address !== "",
      );
      parseProxies(text);
    }),
  );
});

function listed(text: string): ProxyList {
  const proxies = parseProxies(text);
  assert.ok(proxies.ok, proxies.ok ? "" : proxies.error);
  return proxies.value;
}
