import type { TestEvent } from "node:test/reporters";

/** A reporter for the end of a run: why each skipped test was skipped, then the counts, one a line. */
export default async function* closing(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const skipped: string[] = [];
  for await (const event of events) {
    if (event.type === "test:pass" && event.data.skip !== undefined) {
      skipped.push(
        `# skipped: ${event.data.name}: ${event.data.skip === true ? "no reason given" : event.data.skip}\n`,
      );
    }
    if (event.type !== "test:summary" || event.data.file !== undefined) continue;
    const { tests, passed, skipped: count, todo } = event.data.counts;
    yield* skipped;
    yield `# tests ${tests}\n# pass ${passed}\n# fail ${tests - passed - count - todo}\n# skipped ${count}\n`;
  }
}
