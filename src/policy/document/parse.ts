import { readJson } from "#base/json.ts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { table } from "#base/table.ts";
import { actionFault, trustActionFault } from "./actions.ts";
import {
  type Check,
  hasActions,
  hasNoPrincipal,
  hasNoResource,
  hasPlainSids,
  hasResources,
  hasUniqueSids,
  isNew,
  isReadByOlderParser,
} from "./checks.ts";
import type { PolicyDocument, Statement } from "./document.ts";
import { type Draft, type DraftStatement, readDraft } from "./draft.ts";
import { principalFault } from "./principals.ts";
import { resourceFault } from "./resources.ts";

/**
 * Of a person or group or role; of the role that is assumed; of a session; of any other resource; or given to the simulator
 * as a person's, which may also be of the older version (recorded 2026).
 */
export type PolicyKind = "identity" | "trust" | "session" | "resource" | "simulated";

/** Each rule holds for all statements before the next is looked at (recorded 2026). */
const SIMULATED: readonly Check[] = [
  isReadByOlderParser,
  hasNoPrincipal,
  hasPlainSids,
  hasUniqueSids,
  hasActions,
  hasResources,
  resourceFault,
  actionFault,
];

const IDENTITY: readonly Check[] = [isNew, ...SIMULATED];

const CHECKS = table<readonly Check[], PolicyKind>({
  identity: IDENTITY,
  session: IDENTITY,
  simulated: SIMULATED,
  trust: [hasNoResource, isReadByOlderParser, hasUniqueSids, hasActions, principalFault, trustActionFault],
  resource: [
    isReadByOlderParser,
    hasUniqueSids,
    hasActions,
    hasResources,
    principalFault,
    resourceFault,
    actionFault,
  ],
});

const NOT_JSON = table<string, PolicyKind>({
  identity: "Syntax errors in policy.",
  session: "Syntax errors in policy.",
  simulated: "Syntax errors in policy.",
  trust: "This policy contains invalid Json",
  resource: "Syntax errors in policy.",
});

/**
 * A policy document from its text, or what AWS says in MalformedPolicyDocument. Neither its size nor whether its principals
 * exist has been checked. A document without `Version` is of 2008. Linear in the text's length; never throws.
 */
export function parsePolicy(text: string, kind: PolicyKind): Outcome<PolicyDocument, string> {
  const json = readJson(text);
  if (!json.ok) return refuse(NOT_JSON[kind]);
  const draft = readDraft(json.value);
  if (draft === undefined) return refuse("Syntax errors in policy.");
  for (const check of CHECKS[kind]) {
    const sentence = check(draft);
    if (sentence !== undefined) return refuse(sentence);
  }
  return accept(documentOf(draft));
}

function documentOf({ version, id, statements }: Draft): PolicyDocument {
  return { version: version ?? "2008-10-17", id, statements: statements.map(statementOf) };
}

/** After the checks: the effect is spelled right and there are actions. */
function statementOf(draft: DraftStatement): Statement {
  const { actions = { not: false, values: [] }, effect } = draft;
  return { ...draft, actions, effect: effect === "Allow" ? "Allow" : "Deny" };
}
