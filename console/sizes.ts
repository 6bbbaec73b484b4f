import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

/** Vite's build manifest: what each source became, and what that loads. */
export type Manifest = Readonly<Record<string, Chunk>>;

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
}

/** What loads before a page can be used, beside `index.html` and what that loads; in kB, brotli, styles included, fonts not. */
const PAGES: Readonly<Record<string, { readonly most: number; readonly chunks: readonly string[] }>> = {
  "sign-in": { most: 250, chunks: ["src/pages/signin/app.tsx", "src/words/german.ts"] },
  dashboard: {
    most: 650,
    chunks: ["src/pages/console.tsx", "src/pages/dashboard/page.tsx", "src/words/german.ts"],
  },
  user: {
    most: 700,
    chunks: ["src/pages/console.tsx", "src/pages/users/page.tsx", "src/words/german.ts"],
  },
  role: {
    most: 700,
    chunks: ["src/pages/console.tsx", "src/pages/roles/page.tsx", "src/words/german.ts"],
  },
  settings: {
    most: 700,
    chunks: ["src/pages/console.tsx", "src/pages/settings/page.tsx", "src/words/german.ts"],
  },
  policy: {
    most: 700,
    chunks: [
      "src/pages/console.tsx",
      "src/pages/policies/page.tsx",
      "src/parts/policy-editor.tsx",
      "src/parts/difference.tsx",
      "src/words/german.ts",
    ],
  },
  simulator: {
    most: 700,
    chunks: ["src/pages/console.tsx", "src/pages/simulator/page.tsx", "src/words/german.ts"],
  },
  "ready-made policies": {
    most: 700,
    chunks: ["src/pages/console.tsx", "src/pages/policies/ready-made.tsx", "src/words/german.ts"],
  },
};

/** Prints each page's size; false if one is over what it may have. */
export function reportSizes(place: string, manifest: Manifest): boolean {
  const over = Object.entries(PAGES).filter(([page, { most, chunks }]) => {
    const files = filesOf(manifest, ["index.html", ...chunks]);
    const kilobytes =
      files.map((file) => sizeOf(join(place, file))).reduce((sum, size) => sum + size, 0) / 1000;
    console.error(`${page}: ${kilobytes.toFixed(0)} kB of ${most} kB in ${files.length} files`);
    return kilobytes > most;
  });
  return over.length === 0;
}

function filesOf(manifest: Manifest, names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const files = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`the build has no \`${name}\``);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  for (const name of names) visit(name);
  return [...files];
}

const sizeOf = (path: string): number => statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
