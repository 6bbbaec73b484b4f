import type { Place } from "#base/json-outline.ts";

/** Something to put right in a policy document, or to think about, and where. */
export interface Problem extends Place {
  readonly severity: "error" | "warning";
  readonly message: string;
}
