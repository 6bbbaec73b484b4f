import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Ignored by git, rewritten with every build. */
const PLACE = join(import.meta.dirname, ".generated");
const FONT = /url\('data:font\/woff2;base64,([^']+)'\)/g;

/**
 * The design system's global style sheet carries eight fonts inside. Written beside it as files they load when a weight is used,
 * and the content security policy needs no `data:` for them. Returns the style sheet's path.
 */
export function unpackFonts(): string {
  const packed = readFileSync(
    createRequire(import.meta.url).resolve("@cloudscape-design/global-styles/index.css"),
    "utf8",
  );
  mkdirSync(PLACE, { recursive: true });
  let count = 0;
  const css = packed.replace(FONT, (_, base64: string) => {
    const name = `open-sans-${++count}.woff2`;
    writeFileSync(join(PLACE, name), Buffer.from(base64, "base64"));
    return `url('./${name}')`;
  });
  if (count === 0) throw new Error("the global style sheet has no fonts inside any more");
  const path = join(PLACE, "global.css");
  writeFileSync(path, css);
  return path;
}
