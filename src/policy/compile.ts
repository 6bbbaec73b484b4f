import { type ArnFields, type ArnPattern, matchesArn, splitFields } from "./arn.ts";
import { type CompiledCondition, compileCondition } from "./condition.ts";
import type { Context } from "./context.ts";
import type { Elements, PolicyDocument, Principals, Statement } from "./document/document.ts";
import { compilePattern, matchesPattern, type Pattern, patternOf } from "./pattern.ts";
import { type Prepared, parsePieces, prepare } from "./variables.ts";

/** A document made ready to decide with: compile once, decide many times. */
export interface CompiledPolicy {
  readonly statements: readonly CompiledStatement[];
  readonly denies: ActionIndex;
  readonly allows: ActionIndex;
}

export interface CompiledStatement {
  /** In the document, from 0. */
  readonly place: number;
  readonly sid: string | undefined;
  readonly effect: Statement["effect"];
  /** `action` in lower case. */
  readonly matchesAction: (action: string) => boolean;
  /** `fields` is undefined where the call has no resource of its own, which is written `*`. */
  readonly matchesResource: (fields: ArnFields | undefined, context: Context) => boolean;
  readonly principals: Principals | undefined;
  readonly conditions: readonly CompiledCondition[];
}

/**
 * The statements of one effect by the actions they can speak about: what names other actions or services is never looked at.
 * Each list is in the document's order; a statement may stand in several.
 */
export interface ActionIndex {
  /** By whole name, in lower case. */
  readonly exact: ReadonlyMap<string, readonly CompiledStatement[]>;
  /** By service: `iam:*Virtual*`. */
  readonly services: ReadonlyMap<string, readonly CompiledStatement[]>;
  /** `*`, and every NotAction. */
  readonly everywhere: readonly CompiledStatement[];
}

export function compile(document: PolicyDocument): CompiledPolicy {
  const variables = document.version === "2012-10-17";
  const statements = document.statements.map((statement, place) =>
    compileStatement(statement, place, variables),
  );
  const index = (effect: Statement["effect"]): ActionIndex =>
    indexOf(
      statements.filter((statement) => statement.effect === effect),
      ({ place }) => document.statements[place]?.actions,
    );
  return { statements, denies: index("Deny"), allows: index("Allow") };
}

function compileStatement(statement: Statement, place: number, variables: boolean): CompiledStatement {
  const { sid, effect, principals, actions, resources, conditions } = statement;
  return {
    place,
    sid,
    effect,
    principals,
    matchesAction: compileActions(actions),
    matchesResource: resources === undefined ? () => true : compileResources(resources, variables),
    conditions: conditions.map((condition) => compileCondition(condition, effect, variables)),
  };
}

function compileActions({ not, values }: Elements): (action: string) => boolean {
  const names = values.map((value) => value.toLowerCase());
  const exact = new Set(names.filter((name) => !hasWildcard(name)));
  const patterns = names.filter(hasWildcard).map(compilePattern);
  return (action) =>
    (exact.has(action) || patterns.some((pattern) => matchesPattern(pattern, action))) !== not;
}

const hasWildcard = (text: string): boolean => /[*?]/.test(text);

function compileResources(
  { not, values }: Elements,
  variables: boolean,
): CompiledStatement["matchesResource"] {
  if (values.includes("*")) return () => !not;
  const patterns = values.map((value) => compileResource(value, variables));
  return (fields, context) =>
    (fields !== undefined && patterns.some((pattern) => matchesResource(pattern, fields, context))) !== not;
}

interface ResourcePattern {
  readonly head: ArnPattern;
  readonly resource: Prepared<Pattern>;
}

/**
 * Variables stand behind the fifth colon alone. The service is taken as written: a wildcard there stands for itself. Fields
 * left out are `*`, as AWS's own sentences about `arn:aws:x` show.
 */
function compileResource(text: string, variables: boolean): ResourcePattern {
  const [arn = "", partition = "*", service = "*", region = "*", account = "*", resource = "*"] =
    splitFields(text);
  const head: ArnPattern = [
    { kind: "literal", text: arn },
    compilePattern(partition),
    { kind: "literal", text: service },
    compilePattern(region),
    compilePattern(account),
  ];
  return { head, resource: prepare(parsePieces(resource, { variables, wildcards: true }), patternOf) };
}

/** A variable without a value makes its ARN match nothing, in NotResource too (contract 9.2). */
function matchesResource({ head, resource }: ResourcePattern, fields: ArnFields, context: Context): boolean {
  if (!matchesArn(head, fields)) return false;
  const pattern = resource(context);
  return pattern !== undefined && matchesPattern(pattern, fields[5] ?? "");
}

function indexOf(
  statements: readonly CompiledStatement[],
  actionsOf: (statement: CompiledStatement) => Elements | undefined,
): ActionIndex {
  const exact = new Map<string, CompiledStatement[]>();
  const services = new Map<string, CompiledStatement[]>();
  const everywhere: CompiledStatement[] = [];
  for (const statement of statements) {
    const { not, values } = actionsOf(statement) ?? { not: true, values: [] };
    for (const value of not ? ["*"] : values) {
      const name = value.toLowerCase();
      const service = serviceOf(name);
      if (!hasWildcard(name)) add(exact, name, statement);
      else if (service !== undefined && !hasWildcard(service)) add(services, service, statement);
      else if (everywhere.at(-1) !== statement) everywhere.push(statement);
    }
  }
  return { exact, services, everywhere };
}

function add(index: Map<string, CompiledStatement[]>, name: string, statement: CompiledStatement): void {
  const there = index.get(name);
  if (there === undefined) index.set(name, [statement]);
  else if (there.at(-1) !== statement) there.push(statement);
}

/** `iam` of `iam:CreateUser`. */
export function serviceOf(action: string): string | undefined {
  const colon = action.indexOf(":");
  return colon < 0 ? undefined : action.slice(0, colon);
}
