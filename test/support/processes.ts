/** The folders of pure rules: their tests have no set-up and touch nothing. */
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
/** The folders whose tests have a server in their own process, each its own. */
const WORLDS = ["operations", "server"];
/** These want a PostgreSQL, whatever their folder. */
const RACES = /-races\.test\.ts$/;

/** Those of the attacks that measure time, start the program or want a PostgreSQL. */
const ALONE = /\/(?:guessing|secrets|parallel)\.test\.ts$/;

/** The folder of a test file: `wire` of `test/wire/query/decode.test.ts`. */
export const folderOf = (file: string): string => file.split("/")[1] ?? "";

const isPure = (file: string): boolean => PURE.includes(folderOf(file));
const isWorld = (file: string): boolean => WORLDS.includes(folderOf(file)) && !RACES.test(file);

const isAttack = (file: string): boolean => folderOf(file) === "attacks" && !ALONE.test(file);

/** Those that start the program or another one, or ask the same thousands of times. */
const SLOW = /\/(?:nginx|tls|loaded-modules|properties|scenarios|scenarios-simulated)\.test\.ts$/;

/** Neither starts another program nor wants a database: `npm run check` has time for it. */
export const isQuick = (file: string): boolean => (isPure(file) || isWorld(file)) && !SLOW.test(file);

/** Files that share a process, by the name of the file in `test/support/together` that runs them. */
export type Group = "rules" | "worlds-one" | "worlds-two" | "attacks";
export const GROUPS_VARIABLE = "COUNTERSIGN_TEST_GROUPS";

/**
 * The files that get a process each. Most of what a quick file costs is the start of a process, what it loads, and code that is
 * not compiled yet: so they share a few, and the environment tells these which are theirs.
 */
export function processesOf(files: readonly string[]): readonly string[] {
  const worlds = files.filter(isWorld);
  const groups: Record<Group, readonly string[]> = {
    "worlds-one": worlds.filter((_, at) => at % 2 === 0),
    "worlds-two": worlds.filter((_, at) => at % 2 === 1),
    rules: files.filter(isPure),
    attacks: files.filter(isAttack),
  };
  const shared = Object.entries(groups).filter(([, its]) => its.length > 1);
  process.env[GROUPS_VARIABLE] = JSON.stringify(Object.fromEntries(shared));
  const together = new Set(shared.flatMap(([, its]) => its));
  return [
    ...shared.map(([name]) => `test/support/together/${name}.ts`),
    ...files.filter((file) => !together.has(file)),
  ];
}
