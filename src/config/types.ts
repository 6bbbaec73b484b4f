import { isIP } from "node:net";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { type ProxyList, parseProxies } from "#wire/forwarded.ts";

/** How one kind of setting is written. `parse` gives the value, or what was expected in its place. */
export interface SettingType<Value> {
  /** Stands for the value in help and docs, e.g. `HOST:PORT`; undefined for a switch. */
  readonly placeholder: string | undefined;
  readonly parse: (text: string) => Outcome<Value, string>;
}

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Addresses that proxies connect from: single ones and networks in CIDR form. */
export interface AddressList extends ProxyList {
  /** As written, in order. */
  readonly entries: readonly string[];
}

const printable = /^[^\p{Cc}]+$/u;

const TEXT: SettingType<string> = {
  placeholder: "TEXT",
  parse: (text) => (printable.test(text) ? accept(text) : refuse("text without control characters")),
};

export const COMMAND: SettingType<string> = { ...TEXT, placeholder: "COMMAND" };

/** Whatever its reader makes of it: only the environment holds one. */
export const SECRET: SettingType<string> = { placeholder: "SECRET", parse: accept };

export const PATH: SettingType<string> = {
  placeholder: "PATH",
  parse: (text) => (printable.test(text) ? accept(text) : refuse("a path")),
};

/** The issuer stands before a colon in otpauth labels, so it has none itself. */
export const ISSUER: SettingType<string> = {
  placeholder: "NAME",
  parse: (text) =>
    printable.test(text) && !text.includes(":") && text.length <= 64
      ? accept(text)
      : refuse("1 to 64 characters without a colon"),
};

export const SWITCH: SettingType<boolean> = {
  placeholder: undefined,
  parse: (text) =>
    text === "true" || text === "false" ? accept(text === "true") : refuse("`true` or `false`"),
};

/** Whole numbers from `least` to `most`. */
export const integer = (least: number, most: number): SettingType<number> => ({
  placeholder: "NUMBER",
  parse: (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most
      ? accept(value)
      : refuse(`a whole number from ${least} to ${most}`);
  },
});

export const choice = <Name extends string>(...names: readonly Name[]): SettingType<Name> => ({
  placeholder: names.join("|"),
  parse: (text) => {
    const name = names.find((candidate) => candidate === text);
    return name === undefined
      ? refuse(`one of ${names.map((each) => `\`${each}\``).join(", ")}`)
      : accept(name);
  },
});

/** `127.0.0.1:8400`, `localhost:8400`, `[::1]:8400`; port 0 takes any that is free. */
export const LISTEN: SettingType<ListenAddress> = {
  placeholder: "HOST:PORT",
  parse: (text) => {
    const parts = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text);
    const host = parts?.[1] ?? parts?.[2];
    const port = Number(parts?.[3]);
    const bracketed = parts?.[1] !== undefined;
    return host !== undefined && port <= 65_535 && (!bracketed || isIP(host) === 6)
      ? accept({ host, port })
      : refuse("`HOST:PORT`, such as `127.0.0.1:8400` or `[::1]:8400`");
  },
};

/** A web origin: scheme, host, port. It is the only source of links, origins and the RP id (DESIGN 1). */
export const ORIGIN: SettingType<string> = {
  placeholder: "URL",
  parse: (text) => {
    const url = URL.parse(text);
    const bare =
      url !== null &&
      /^https?:$/.test(url.protocol) &&
      url.pathname === "/" &&
      `${url.search}${url.hash}` === "";
    return bare && url.username === "" && url.password === ""
      ? accept(url.origin)
      : refuse("an `http://` or `https://` URL without a path, such as `https://id.example.com`");
  },
};

export const DATABASE: SettingType<string> = {
  placeholder: "URL",
  parse: (text) =>
    /^postgres(ql)?:\/\/./.test(text) && URL.canParse(text)
      ? accept(text)
      : refuse("a `postgres://USER:PASSWORD@HOST:PORT/NAME` URL"),
};

/** Addresses and networks, separated by commas: `10.0.0.5, 10.1.0.0/16, fd00::/8`. */
export const ADDRESSES: SettingType<AddressList> = {
  placeholder: "ADDRESS,...",
  parse: (text) => {
    const entries = text.split(/[\s,]+/).filter((entry) => entry !== "");
    const list = parseProxies(text);
    return list.ok && entries.length > 0
      ? accept({ ...list.value, entries })
      : refuse("addresses or networks separated by commas, such as `10.0.0.5,10.1.0.0/16`");
  },
};
