import { parseOperator } from "#policy/conditions/operators.ts";
import { isDate } from "../conditions/date.ts";
import type { Draft, DraftStatement } from "./draft.ts";

import { isMisshapen } from "./resources.ts";

/** One rule over a whole document: AWS's sentence where it is broken. */
export type Check = (draft: Draft) => string | undefined;

/** A rule that some statement breaks, whichever. */
const where =
  (broken: (statement: DraftStatement) => boolean, sentence: string): Check =>
  ({ statements }) =>
    statements.some(broken) ? sentence : undefined;

export const isNew: Check = ({ version }) =>
  version === "2012-10-17" ? undefined : "Policy document must be version 2012-10-17 or greater.";

/**
 * What AWS's older parser cannot read (recorded 2026, and Terraform's and others' users): an effect in the wrong letter
 * case, a date that is none, a region or account of no possible form, a lone statement before `Version`.
 */
export const isReadByOlderParser: Check = ({ statements, versionAfterStatement }) =>
  versionAfterStatement || statements.some(failsOlderParser) ? "The policy failed legacy parsing" : undefined;

function failsOlderParser({ effect, conditions, resources }: DraftStatement): boolean {
  return (
    (effect !== "Allow" && effect !== "Deny") ||
    conditions.some(
      ({ operator, values }) => parseOperator(operator)?.row.takes === "date" && !values.every(isDate),
    ) ||
    (resources?.values.some(isMisshapen) ?? false)
  );
}

export const hasNoPrincipal = where(
  ({ principals }) => principals !== undefined,
  "Policy document should not specify a principal.",
);

/** This sentence and the next are from general knowledge, and unsure. */
export const hasPlainSids = where(
  ({ sid }) => sid !== undefined && !/^[0-9A-Za-z]*$/.test(sid),
  "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
);

/** Statements may share the empty one (recorded 2026). */
export const hasUniqueSids: Check = ({ statements }) => {
  const sids = statements.map(({ sid }) => sid).filter(Boolean);
  if (new Set(sids).size === sids.length) return undefined;
  return "Statement IDs (SID) in a single policy must be unique.";
};

const isEmpty = (elements: DraftStatement["actions"]): boolean => !elements?.values.length;

export const hasActions = where(({ actions }) => isEmpty(actions), "Policy statement must contain actions.");

export const hasResources = where(
  ({ resources }) => isEmpty(resources),
  "Policy statement must contain resources.",
);

/** Seen on CreateRole, 2020 (contract 9.1). */
export const hasNoResource: Check = ({ statements }) => {
  const found = statements.find(({ resources }) => resources !== undefined)?.resources;
  return found && `Has prohibited field ${found.not ? "NotResource" : "Resource"}`;
};
