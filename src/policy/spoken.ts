import { applies, authorizeBy, LAYERS, policiesOf, type Subject, subjectOf } from "./authorize.ts";
import type { ActionIndex, CompiledStatement } from "./compile.ts";
import { grantOf, isDenied } from "./principals.ts";
import type { DecisionRequest, LayerName, Verdict } from "./request.ts";

/** A verdict with every statement that spoke about the request, not only the one that decided; cheaper than an explanation. */
export interface Spoken {
  readonly verdict: Verdict;
  /** By policy, layer after layer; none where deciding failed. */
  readonly policies: readonly SpokenPolicy[];
}

export interface SpokenPolicy {
  readonly layer: LayerName;
  /** Those that allow or deny, in the document's order. */
  readonly statements: readonly CompiledStatement[];
}

export function authorizeAndTell(request: DecisionRequest): Spoken {
  try {
    const policies = policiesThatSpeak(subjectOf(request));
    const speaks = new Set(policies.flatMap(({ statements }) => statements));
    return { verdict: authorizeBy(request, (statement) => speaks.has(statement)), policies };
  } catch (error) {
    return { verdict: { decision: "implicitDeny", layer: "failed", error }, policies: [] };
  }
}

const policiesThatSpeak = (subject: Subject): readonly SpokenPolicy[] =>
  LAYERS.flatMap((layer) =>
    policiesOf(subject.request.layers, layer).map(({ compiled: { denies, allows } }) => ({
      layer,
      statements: [...candidates(denies, subject), ...candidates(allows, subject)]
        .filter((statement) => isAbout(statement, layer, subject) && applies(statement, subject))
        .sort((a, b) => a.place - b.place),
    })),
  );

/** Each once, though a statement may stand in several lists. */
function candidates(index: ActionIndex, { action, service }: Subject): Iterable<CompiledStatement> {
  const { everywhere } = index;
  const lists = [index.exact.get(action), index.services.get(service), everywhere].filter(
    (list) => list !== undefined && list.length > 0,
  );
  return lists.length > 1 ? new Set(lists.flatMap((list) => list ?? [])) : (lists[0] ?? []);
}

/** A resource's policy says whom it is about. */
function isAbout(
  { effect, principals }: CompiledStatement,
  layer: LayerName,
  { request: { principal } }: Subject,
): boolean {
  if (layer !== "resource") return true;
  return effect === "Deny" ? isDenied(principals, principal) : grantOf(principals, principal) !== undefined;
}
