import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly dev?: boolean;
  /** A workspace of our own. */
  readonly link?: boolean;
}

const root = join(import.meta.dirname, "../..");
// the form of npm's lock file, version 3
const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
const locked = Object.entries(lock.packages).filter(
  ([place, row]) => place.startsWith("node_modules/") && row.link !== true,
);
const MANIFESTS = ["package.json", "console/package.json"];

const PERMISSIVE = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "MIT-0",
  "Unlicense",
]);

/** Tools that build or test and are not shipped, under a licence that asks for changes to themselves alone to be shown. */
const TOOLS: Readonly<Record<string, string>> = { "axe-core": "MPL-2.0", lightningcss: "MPL-2.0" };

test("the lock file was read", () => {
  assert.equal(lock.lockfileVersion, 3);
  assert.ok(locked.length > 100, `saw ${locked.length} packages`);
});

test("every package has a permissive licence", () => {
  const strange = locked.flatMap(([place, row]) => {
    const licence = installedLicence(place) ?? row.license ?? "none";
    return isPermissive(licence) || isTool(place, row, licence) ? [] : [`${place}: ${licence}`];
  });
  assert.deepEqual(strange, []);
});

test("a licence that takes is found", () => {
  assert.deepEqual(
    ["MIT", "(MIT OR GPL-3.0)", "GPL-3.0-only", "MIT AND AGPL-3.0", "none"].map(isPermissive),
    [true, true, false, false, false],
  );
});

test("the lock file names no registry", () => {
  assert.deepEqual(
    locked.filter(([, row]) => row.resolved !== undefined).map(([place, row]) => `${place}: ${row.resolved}`),
    [],
  );
});

test("no package runs a script at install: each that has one is named and denied", () => {
  // our own manifest
  const { allowScripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    allowScripts: Readonly<Record<string, boolean>>;
  };
  const scripted = locked.filter(([, row]) => row.hasInstallScript === true).map(([place]) => place);
  assert.deepEqual(
    scripted.filter((place) => allowScripts[place.replace(/^node_modules\//, "")] !== false),
    [],
  );
  assert.ok(!Object.values(allowScripts).includes(true));
});

test("what we depend on ourselves has an exact version", () => {
  const asked = MANIFESTS.flatMap((path) => {
    // our own manifest
    const manifest = JSON.parse(readFileSync(join(root, path), "utf8")) as Readonly<
      Record<string, Readonly<Record<string, string>>>
    >;
    return ["dependencies", "optionalDependencies", "devDependencies"].flatMap((kind) =>
      Object.entries(manifest[kind] ?? {}),
    );
  });
  assert.ok(asked.length > 20);
  assert.deepEqual(
    asked.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)),
    [],
  );
});

/** `name` or `name-PLATFORM`. */
function isTool(place: string, row: LockedPackage, licence: string): boolean {
  const name = place.replace(/^node_modules\//, "");
  const tool = Object.entries(TOOLS).find(([tool]) => name === tool || name.startsWith(`${tool}-`));
  return row.dev === true && tool?.[1] === licence;
}

/** The licence in the package's own manifest, which is what counts; undefined for another platform's package. */
function installedLicence(place: string): string | undefined {
  const path = join(root, place, "package.json");
  if (!existsSync(path)) return undefined;
  // `license` is a string, or an object in very old packages
  const { license } = JSON.parse(readFileSync(path, "utf8")) as { license?: string | { type?: string } };
  return typeof license === "object" ? license.type : license;
}

/** An SPDX expression of OR and AND, without nesting. */
function isPermissive(licence: string): boolean {
  const choices = licence.replace(/^\(|\)$/g, "").split(" OR ");
  return choices.some((choice) => choice.split(" AND ").every((name) => PERMISSIVE.has(name)));
}
