import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** Text by path relative to the project's root, e.g. `src/base/table.ts`. */
export type Tree = ReadonlyMap<string, string>;

/** One import, of whatever kind: a type import counts like any other. */
export interface Edge {
  readonly from: string;
  /** A path in the tree (`src/base/table.ts`), or a package or built-in module as written (`pg`, `node:crypto`). */
  readonly to: string;
  readonly line: number;
  /** What stands between `import` and `from`, e.g. `type { Server }`. */
  readonly clause: string;
}

const root = join(import.meta.dirname, "../..");

/** Every TypeScript file under `folder`. */
export function readTree(folder: string): Tree {
  const paths = globSync(`${folder}/**/*.ts`, { cwd: root }).map((path) => path.replaceAll("\\", "/"));
  return new Map(paths.toSorted().map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

/**
 * The forms that Biome's formatter leaves: `import … from "x"`, `export … from "x"`, `import "x"`, `import("x")` as a value
 * or a type, `const { x } = process.getBuiltinModule("x")`, and a worker's `new URL("./x.ts", import.meta.url)`.
 */
const FORMS = [
  /^(?:import|export)\s+([^;"'`]*?)\s*from\s*"([^"]+)"/gm,
  /^import\s*()"([^"]+)"/gm,
  /\bimport\(\s*()"([^"]+)"/g,
  /\bconst (\{[^}]*\}) = process\.getBuiltinModule\("([^"]+)"\)/g,
  /\bnew URL\(\s*()"(\.{1,2}\/[^"]+\.ts)",\s*import\.meta\.url/g,
];

/** Ways to import that the forms above cannot follow; a comment or a string may mention them in back quotes only. */
const BLIND = [
  /^import\b[^(]/gm,
  /\bimport\(/g,
  /\brequire\(/g,
  /\bcreateRequire\b/g,
  /\bgetBuiltinModule\b/g,
];

export function edgesOf(tree: Tree): readonly Edge[] {
  return [...tree].flatMap(([from, text]) =>
    FORMS.flatMap((form) =>
      [...text.matchAll(form)].map((found) => ({
        from,
        to: resolve(from, found[2] ?? ""),
        line: lineAt(text, found.index),
        clause: found[1] ?? "",
      })),
    ),
  );
}

/** Imports that no form of ours understood: the table would be blind to them. */
export function blindSpots(tree: Tree): readonly string[] {
  return [...tree].flatMap(([from, text]) => {
    const understood = FORMS.flatMap((form) => [...text.matchAll(form)]);
    return BLIND.flatMap((form) => [...text.matchAll(form)])
      .filter(
        ({ index }) =>
          !understood.some((found) => found.index <= index && index < found.index + found[0].length),
      )
      .map((found) => `${from}:${lineAt(text, found.index)}: cannot follow \`${found[0]}\``);
  });
}

function resolve(from: string, specifier: string): string {
  if (specifier.startsWith("#")) return normalize(`src/${specifier.slice(1)}`);
  return specifier.startsWith(".") ? normalize(join(dirname(from), specifier)) : specifier;
}

const lineAt = (text: string, index: number): number => text.slice(0, index).split("\n").length;
