import { delimiter, join } from "node:path";

/** The folders of pure rules: their tests have no set-up and touch nothing, so that one process runs them all. */
const PURE = [
  "architecture",
  "audit",
  "base",
  "client",
  "config",
  "credentials",
  "crypto",
  "docs",
  "identity",
  "mfa",
  "model",
  "policy",
  "signin",
  "wire",
];

/** The folder of a test file: `wire` of `test/wire/query/decode.test.ts`. */
export const folderOf = (file: string): string => file.split("/")[1] ?? "";

/** The files that get a process each, the one that runs all pure ones first; it is told which by the environment. */
export function processesOf(files: readonly string[], root: string): readonly string[] {
  const pure = files.filter((file) => PURE.includes(folderOf(file)));
  if (pure.length < 2) return files;
  process.env.COUNTERSIGN_TEST_TOGETHER = pure.map((file) => join(root, file)).join(delimiter);
  return ["test/support/together.ts", ...files.filter((file) => !pure.includes(file))];
}
