import { authorize, authorizeBy, LAYERS, policiesOf, type Subject, subjectOf } from "./authorize.ts";
import type { CompiledStatement } from "./compile.ts";
import type { CompiledCondition } from "./condition.ts";
import type { ContextValue } from "./context.ts";
import type { Statement } from "./document/document.ts";
import { grantOf, isDenied } from "./principals.ts";
import type { DecisionRequest, LayerName, Verdict } from "./request.ts";

/** A verdict with all that was looked at on the way: a second walk over the same compiled form, made when someone asks. */
export interface Explanation {
  readonly verdict: Verdict;
  /** None where deciding failed. */
  readonly policies: readonly PolicyExplanation[];
  /** Context keys that statements about this action and resource asked for and that were absent, as written. */
  readonly absentKeys: readonly string[];
}

export interface PolicyExplanation {
  readonly layer: LayerName;
  readonly policy: string;
  readonly statements: readonly StatementExplanation[];
}

export interface StatementExplanation {
  /** From 0. */
  readonly statement: number;
  readonly sid: string | undefined;
  readonly effect: Statement["effect"];
  /** What kept it out, or `nothing`: then it allows or denies. */
  readonly keptOutBy: "action" | "resource" | "principal" | "condition" | "nothing";
  /** Looked at only where action, resource and principal match. */
  readonly conditions: readonly ConditionExplanation[];
}

export interface ConditionExplanation {
  readonly operator: string;
  readonly key: string;
  readonly wanted: readonly string[];
  /** Undefined where the key was absent. */
  readonly seen: ContextValue | undefined;
  readonly holds: boolean;
}

export function explain(request: DecisionRequest): Explanation {
  const verdict = authorize(request);
  try {
    return { verdict, ...walk(subjectOf(request)) };
  } catch {
    return { verdict, policies: [], absentKeys: [] };
  }
}

function walk(subject: Subject): Omit<Explanation, "verdict"> {
  const { request } = subject;
  const policies = LAYERS.flatMap((layer) =>
    policiesOf(request.layers, layer).map(({ name, compiled }) => ({
      layer,
      policy: name,
      statements: compiled.statements.map((statement) => explainStatement(statement, layer, subject)),
    })),
  );
  const absent = policies.flatMap(({ statements }) =>
    statements.flatMap(({ conditions }) =>
      conditions.filter(({ seen }) => seen === undefined).map(({ key }) => key),
    ),
  );
  return { policies, absentKeys: [...new Set(absent)] };
}

function explainStatement(
  statement: CompiledStatement,
  layer: LayerName,
  subject: Subject,
): StatementExplanation {
  const { place, sid, effect } = statement;
  const kept = keptOut(statement, layer, subject);
  const conditions =
    kept === undefined ? statement.conditions.map((condition) => explainCondition(condition, subject)) : [];
  const keptOutBy = kept ?? (conditions.every(({ holds }) => holds) ? "nothing" : "condition");
  return { statement: place, sid, effect, keptOutBy, conditions };
}

function keptOut(
  statement: CompiledStatement,
  layer: LayerName,
  { action, fields, request: { context, principal } }: Subject,
): "action" | "resource" | "principal" | undefined {
  if (!statement.matchesAction(action)) return "action";
  if (!statement.matchesResource(fields, context)) return "resource";
  const { effect, principals } = statement;
  const isMeant =
    effect === "Deny" ? isDenied(principals, principal) : grantOf(principals, principal) !== undefined;
  return layer === "resource" && !isMeant ? "principal" : undefined;
}

function explainCondition(
  { written, key, holds }: CompiledCondition,
  { request: { context } }: Subject,
): ConditionExplanation {
  const { operator, values } = written;
  return { operator, key: written.key, wanted: values, seen: context(key), holds: holds(context) };
}

/** Contract 2.2, and our own of DESIGN 8. */
const MFA_KEYS = new Set([
  "aws:multifactorauthpresent",
  "aws:multifactorauthage",
  "countersign:multifactorauthmethod",
  "countersign:phishingresistant",
  "countersign:devicebound",
  "countersign:userverified",
]);

/**
 * Whether a call that is denied would be allowed were it not for conditions on the second factor: those of statements that
 * allow taken as satisfied, and those of statements that deny as escaped.
 */
export function isDeniedForMfa(request: DecisionRequest): boolean {
  if (authorize(request).decision === "allowed") return false;
  return authorizeBy(request, appliesWithMfa).decision === "allowed";
}

function appliesWithMfa(statement: CompiledStatement, { action, fields, request }: Subject): boolean {
  if (!statement.matchesAction(action) || !statement.matchesResource(fields, request.context)) return false;
  const { effect, conditions } = statement;
  const others = conditions.filter(({ key }) => !MFA_KEYS.has(key));
  if (effect === "Deny" && others.length < conditions.length) return false;
  return others.every(({ holds }) => holds(request.context));
}
