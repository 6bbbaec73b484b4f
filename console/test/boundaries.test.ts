import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const here = join(import.meta.dirname, "..");
const files = globSync("src/**/*.{ts,tsx}", { cwd: here });
const IMPORT = /^(?:import|export) (type )?[^;]*?from "([^"]+)"/gms;

test("the console takes the client and types from the server, and nothing from its tests", () => {
  expect(files.length).toBeGreaterThan(50);
  const wrong = files.flatMap((file) =>
    [...readFileSync(join(here, file), "utf8").matchAll(IMPORT)]
      .filter(
        ([, typesOnly, from = ""]) =>
          from.includes("/test/") || (/\.\.\/src\/(?!client\/)/.test(from) && typesOnly === undefined),
      )
      .map(([, , from]) => `${file}: ${from}`),
  );
  expect(wrong).toEqual([]);
});

test("no page runs text as code, or puts markup in by hand", () => {
  const wrong = files.filter((file) =>
    /dangerouslySetInnerHTML|innerHTML|\beval\(|new Function|sessionStorage/.test(
      readFileSync(join(here, file), "utf8"),
    ),
  );
  expect(wrong).toEqual([]);
});
