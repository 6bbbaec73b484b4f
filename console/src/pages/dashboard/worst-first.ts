import type { Recommendation } from "../../../../src/model/countersign/types.ts";

const RANKS: Readonly<Record<Recommendation["Severity"], number>> = { error: 0, warning: 1, info: 2 };
const DONE = 3;

/** What is open before what is done, the worst first; otherwise as the server has them. */
export const worstFirst = (recommendations: readonly Recommendation[]): readonly Recommendation[] =>
  recommendations.toSorted((one, other) => rankOf(one) - rankOf(other));

const rankOf = ({ Done, Severity }: Recommendation): number => (Done ? DONE : RANKS[Severity]);
