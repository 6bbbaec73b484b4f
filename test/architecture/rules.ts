import { dirname } from "node:path";
import { type Edge, edgesOf, type Tree } from "./edges.ts";

/** DESIGN section 2: a folder imports only from lower layers, and from itself. */
export const LAYERS: Readonly<Record<string, number>> = {
  base: 0,
  model: 0,
  client: 0,
  crypto: 1,
  identity: 2,
  policy: 3,
  mfa: 3,
  audit: 3,
  credentials: 4,
  signin: 4,
  alarms: 4,
  ports: 5,
  operations: 6,
  wire: 7,
  storage: 7,
  outbound: 7,
  server: 8,
  config: 8,
  cli: 8,
  "main.ts": 9,
};

/** The imports allowed inside a layer: models stand on the base, the client on the model's types, a command line on settings. */
const INSIDE_A_LAYER = new Set(["model -> base", "client -> model", "cli -> config"]);

/** What the pure layers may use from outside; no I/O is in it (DESIGN section 2). */
const PURE: Readonly<Record<string, readonly RegExp[]>> = {
  base: [/^node:crypto$/],
  model: [/^@aws-sdk\/client-/, /^@smithy\/(core|types)(\/|$)/],
  client: [],
  crypto: [/^node:crypto$/],
  identity: [/^node:crypto$/],
  policy: [/^node:crypto$/],
  mfa: [/^node:crypto$/, /^qrcode$/],
  audit: [/^node:crypto$/],
  credentials: [/^node:crypto$/, /^node:zlib$/],
  signin: [/^node:crypto$/],
  alarms: [/^node:crypto$/],
};

/** Modules that reach other machines, and who may import them. A server serves, and takes nothing from them that asks. */
const NETWORK =
  /^(?:node:)?(?:https?|http2|net|tls|dgram|dns(?:\/promises)?)$|^(?:undici|nodemailer)(?:\/|$)/;
const SERVING = /^(?:node:)?(?:https?|net|tls)$/;
const SERVING_NAMES = new Set([
  "createServer",
  "Server",
  "ServerOptions",
  "IncomingMessage",
  "ServerResponse",
  "AddressInfo",
  "Socket",
  "TLSSocket",
  "BlockList",
  "isIP",
  "isIPv4",
  "isIPv6",
]);
/** Address arithmetic opens no socket. */
const ADDRESS_NAMES = new Set(["BlockList", "isIP", "isIPv4", "isIPv6", "SocketAddress"]);
const ASKS = /(?<![.\w])(?:globalThis\.)?(?:fetch|new (?:WebSocket|EventSource))\(/g;

const folderOf = (path: string): string => path.split("/")[1] ?? "";
const at = (edge: Edge): string => `${edge.from}:${edge.line} imports ${edge.to}`;
const isInside = (edge: Edge): boolean => edge.to.startsWith("src/");

export function layerViolations(tree: Tree): readonly string[] {
  return edgesOf(tree).flatMap((edge) => {
    const [from, to] = [folderOf(edge.from), folderOf(edge.to)];
    const upper = LAYERS[from];
    if (upper === undefined) return [`${edge.from}: \`${from}\` is in no layer`];
    if (!isInside(edge))
      return edge.to.startsWith("..") || edge.to.startsWith("test/") ? [`${at(edge)}: out of src`] : [];
    const lower = LAYERS[to];
    if (lower === undefined) return [`${at(edge)}: \`${to}\` is in no layer`];
    if (!tree.has(edge.to)) return [`${at(edge)}: no such file`];
    if (from === to || lower < upper || INSIDE_A_LAYER.has(`${from} -> ${to}`)) return [];
    return [`${at(edge)}: \`${from}\` is in layer ${upper}, \`${to}\` in layer ${lower}`];
  });
}

export function impureImports(tree: Tree): readonly string[] {
  return edgesOf(tree).flatMap((edge) => {
    const allowed = PURE[folderOf(edge.from)];
    if (allowed === undefined || isInside(edge) || allowed.some((form) => form.test(edge.to))) return [];
    return [`${at(edge)}: \`${folderOf(edge.from)}\` takes data and returns data`];
  });
}

/** Time and chance come in as arguments (STYLE, shape 4); `base` holds the clock's type and the one reading of it. */
export function impureGlobals(tree: Tree): readonly string[] {
  const reads =
    /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\bconsole\.|\bsetTimeout\(|\bsetInterval\(|\bperformance\./;
  return [...tree].flatMap(([path, text]) => {
    if (PURE[folderOf(path)] === undefined || path === "src/base/clock.ts") return [];
    const found = reads.exec(text);
    return found === null ? [] : [`${path}: \`${found[0]}\` in a pure layer`];
  });
}

/** Nothing but `outbound` asks other machines for anything; what the server imports can only answer. */
export function networkViolations(tree: Tree): readonly string[] {
  const imports = edgesOf(tree).flatMap((edge) => {
    if (!NETWORK.test(edge.to) || folderOf(edge.from) === "outbound" || namesAreHarmless(edge)) return [];
    return [`${at(edge)} (${edge.clause}): only \`outbound\` talks to other machines`];
  });
  const calls = [...tree].flatMap(([path, text]) =>
    folderOf(path) === "outbound"
      ? []
      : [...text.matchAll(ASKS)].map((found) => `${path}: calls \`${found[0]}\``),
  );
  return [...imports, ...calls];
}

/** A list of names, each of which answers or computes; the whole module (`* as http`) could do anything. */
function namesAreHarmless(edge: Edge): boolean {
  const list = /^(?:type\s+)?\{([^}]*)\}$/.exec(edge.clause.replaceAll("\n", " "))?.[1];
  const harmless = folderOf(edge.from) === "server" && SERVING.test(edge.to) ? SERVING_NAMES : ADDRESS_NAMES;
  return list !== undefined && importedNames(list).every((name) => harmless.has(name));
}

const importedNames = (list: string): readonly string[] =>
  list
    .split(",")
    .map(
      (part) =>
        part
          .trim()
          .replace(/^type\s+/, "")
          .split(/\s+as\s+/)[0] ?? "",
    )
    .filter((name) => name !== "");

/** Files that import one another in a circle, and folders that do; a folder and the one it stands in are no pair. */
export function circles(tree: Tree): readonly string[] {
  const edges = edgesOf(tree).filter((edge) => isInside(edge));
  const files = graph(edges.map(({ from, to }) => [from, to]));
  const folders = graph(
    edges
      .map(({ from, to }): [string, string] => [dirname(from), dirname(to)])
      .filter(([from, to]) => !nested(from, to)),
  );
  return [...circlesIn(files), ...circlesIn(folders)];
}

const nested = (a: string, b: string): boolean => `${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`);

function graph(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, ReadonlySet<string>> {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of pairs) next.set(from, (next.get(from) ?? new Set()).add(to));
  return next;
}

function circlesIn(next: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (place: string, path: readonly string[]): void => {
    const back = path.indexOf(place);
    if (back >= 0) found.push(`circle: ${[...path.slice(back), place].join(" -> ")}`);
    if (back >= 0 || done.has(place)) return;
    for (const target of next.get(place) ?? []) visit(target, [...path, place]);
    done.add(place);
  };
  for (const place of next.keys()) visit(place, []);
  return found;
}
