import { join, relative } from "node:path";
import type { TestEvent } from "node:test/reporters";

const root = join(import.meta.dirname, "../..");
const SLOWEST = 12;

/** A reporter for the end of a run: the slowest files, why each skipped test was skipped, then the counts, one a line. */
export default async function* closing(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const skipped: string[] = [];
  const files: { readonly name: string; readonly ms: number }[] = [];
  for await (const event of events) {
    if (event.type === "test:pass" && event.data.skip !== undefined) {
      skipped.push(
        `# skipped: ${event.data.name}: ${event.data.skip === true ? "no reason given" : event.data.skip}\n`,
      );
    }
    if (event.type !== "test:summary") continue;
    if (event.data.file !== undefined) {
      files.push({ name: relative(root, event.data.file), ms: event.data.duration_ms });
      continue;
    }
    const slowest = files.toSorted((one, other) => other.ms - one.ms).slice(0, SLOWEST);
    yield* slowest.map(({ name, ms }) => `# ${(ms / 1000).toFixed(0)} s: ${name}\n`);
    const { tests, passed, skipped: count, todo } = event.data.counts;
    yield* skipped;
    yield `# tests ${tests}\n# pass ${passed}\n# fail ${tests - passed - count - todo}\n# skipped ${count}\n`;
  }
}
