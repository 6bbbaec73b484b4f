/** One line of the table: a figure that a bar holds up or down (DESIGN 7). */
export interface Row {
  readonly name: string;
  readonly figure: number;
  readonly bar: number;
  /** Whether the figure may not rise above its bar, or not fall below it. */
  readonly must: "stay below" | "stay above";
  readonly unit: "times" | "percent" | "s" | "ms" | "MB";
  /** The absolute numbers behind a ratio: of this machine at this moment, and of no use elsewhere. */
  readonly seen: string;
}

/** Measures one or more rows; `names` says which, so that a run can be asked for one of them. */
export interface Bench {
  readonly names: readonly string[];
  measure(): Promise<readonly Row[]>;
}

export const holds = ({ figure, bar, must }: Row): boolean =>
  must === "stay below" ? figure <= bar : figure >= bar;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[sorted.length - 1 - middle], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error("no values");
  return (low + high) / 2;
}

/** What `share` of the values do not exceed: 0.99 for the 99th percentile. */
export function percentile(values: readonly number[], share: number): number {
  const value = values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1];
  if (value === undefined) throw new Error("no values");
  return value;
}
