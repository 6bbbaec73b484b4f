/**
 * `npm run build:console`: the console, built to `console/dist` with a brotli copy beside each file. With `--if-changed` only
 * when what it is made of has changed since: `npm start` and `npm test` ask for that.
 */
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { type Manifest, reportSizes } from "./sizes.ts";

const here = import.meta.dirname;
const root = join(here, "..");
const dist = join(here, "dist");
/** Says what `dist` was built from. */
const stamp = join(here, ".built");
const SOURCES = [
  "console/src/**/*",
  "console/public/*",
  "console/*.{ts,html,json}",
  "src/client/*.ts",
  "package-lock.json",
];
/** What gains nothing from being packed again. */
const PACKED = /\.(?:woff2|png|br)$/;

const hash = hashSources();
if (!process.argv.includes("--if-changed") || !isCurrent()) await buildAll();

function hashSources(): string {
  const digest = createHash("sha256");
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: root, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  for (const file of files.toSorted()) digest.update(`${file}\0`).update(readFileSync(join(root, file)));
  return digest.digest("hex");
}

function isCurrent(): boolean {
  return existsSync(join(dist, "index.html")) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
}

/** Into a place of its own first, so that a server that runs never has half a console. */
async function buildAll(): Promise<void> {
  const started = performance.now();
  console.error("building the console");
  // a start that builds nothing does not wait for it
  const { build } = await import("vite");
  const place = join(here, `dist.${process.pid}`);
  try {
    await build({ root: here, logLevel: "warn", build: { outDir: place, emptyOutDir: true } });
    compressAll(place);
    // vite's own manifest, in the form of its version 8
    const manifest = JSON.parse(readFileSync(join(place, "manifest.json"), "utf8")) as Manifest;
    rmSync(join(place, "manifest.json"));
    const fits = reportSizes(place, manifest);
    if (!fits) {
      process.exitCode = 1;
      return;
    }
    rmSync(dist, { recursive: true, force: true });
    renameSync(place, dist);
    writeFileSync(stamp, hash);
    console.error(`built the console in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function compressAll(place: string): void {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  for (const entry of globSync("**/*", { cwd: place, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || PACKED.test(entry.name) || entry.name === "manifest.json") continue;
    writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path), { params }));
  }
}
