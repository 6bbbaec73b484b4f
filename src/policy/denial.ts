import { table } from "#base/table.ts";
import { deniedResource } from "./denied-resource.ts";
import type { DecisionRequest, LayerName, Verdict } from "./request.ts";

export type Denial = Exclude<Verdict, { decision: "allowed" }>;

/** How AWS calls a layer, after `no …` and after `in …` (contract 1.3). */
const NAMES: Readonly<Record<LayerName, readonly [none: string, one: string]>> = table({
  identity: ["identity-based policy", "an identity-based policy"],
  boundary: ["permissions boundary", "a permissions boundary"],
  session: ["session policy", "a session policy"],
  resource: ["resource-based policy", "a resource-based policy"],
});

/** What a role's trust policy decides: why is not said (contract 2.1). */
const SILENT = table({ "sts:assumerole": true, "sts:tagsession": true, "sts:setsourceidentity": true });
/** Recorded without the words about the resource. */
const WITHOUT_RESOURCE = table({ "sts:decodeauthorizationmessage": true });

/** AWS's sentence for a denial (contract 1.3). */
export function denialSentence(
  { principal, action, resource }: Pick<DecisionRequest, "principal" | "action" | "resource">,
  denial: Denial,
): string {
  const name = action.toLowerCase();
  const about = name in WITHOUT_RESOURCE ? "" : ` on resource: ${deniedResource(action, resource)}`;
  const sentence = `User: ${principal.arn} is not authorized to perform: ${action}${about}`;
  return name in SILENT ? sentence : sentence + reason(action, denial);
}

function reason(action: string, denial: Denial): string {
  if (denial.decision === "explicitDeny") return ` with an explicit deny in ${NAMES[denial.by.layer][1]}`;
  // AWS has no words for an error while deciding
  if (denial.layer === "failed") return "";
  return ` because no ${NAMES[denial.layer][0]} allows the ${action} action`;
}
