import type { Json } from "#base/json.ts";
import { lookUp, table } from "#base/table.ts";
import { parseOperator } from "#policy/conditions/operators.ts";
import type { Condition, Elements, PolicyVersion, PrincipalElement, Principals } from "./document.ts";

/** A document whose elements have the right types, and of which nothing else has been checked yet. */
export interface Draft {
  readonly version: PolicyVersion | undefined;
  readonly id: string | undefined;
  readonly statements: readonly DraftStatement[];
  /** A single statement without its list, written before `Version`. */
  readonly versionAfterStatement: boolean;
}

export interface DraftStatement {
  readonly sid: string | undefined;
  /** `Allow` or `Deny` in any letter case. */
  readonly effect: string;
  readonly principals: Principals | undefined;
  readonly actions: Elements | undefined;
  readonly resources: Elements | undefined;
  readonly conditions: readonly Condition[];
}

type Members = ReadonlyMap<string, Json>;

const DOCUMENT_ELEMENTS = new Set(["Version", "Id", "Statement"]);
const VERSIONS = table<PolicyVersion, PolicyVersion>({
  "2008-10-17": "2008-10-17",
  "2012-10-17": "2012-10-17",
});
const PRINCIPAL_TYPES = table<PrincipalElement["type"], PrincipalElement["type"]>({
  AWS: "AWS",
  Service: "Service",
  Federated: "Federated",
  CanonicalUser: "CanonicalUser",
});
const STATEMENT_ELEMENTS = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

export const isDocumentElement = (name: string): boolean => DOCUMENT_ELEMENTS.has(name);
export const isStatementElement = (name: string): boolean => STATEMENT_ELEMENTS.has(name);

/** Thrown inside this file alone: the syntax has dozens of places where it can be wrong, and one answer to all. */
class SyntaxFault extends Error {}

/** Reads a document's elements by the grammar (contract 9.1), or undefined where AWS says `Syntax errors in policy.` */
export function readDraft(json: Json): Draft | undefined {
  try {
    return readDocument(membersOf(json, DOCUMENT_ELEMENTS));
  } catch (fault) {
    if (fault instanceof SyntaxFault) return undefined;
    throw fault;
  }
}

function readDocument(members: Members): Draft {
  const statement = required(members, "Statement");
  const versionText = optional(members, "Version", textOf);
  const names = [...members.keys()];
  return {
    version: versionText === undefined ? undefined : (lookUp(VERSIONS, versionText) ?? fail()),
    id: optional(members, "Id", textOf),
    statements: listOf(statement, readStatement, "filled"),
    versionAfterStatement:
      statement.type === "object" && names.indexOf("Version") > names.indexOf("Statement"),
  };
}

function readStatement(json: Json): DraftStatement {
  const members = membersOf(json, STATEMENT_ELEMENTS);
  const effect = textOf(required(members, "Effect"));
  if (!/^(?:allow|deny)$/i.test(effect)) fail();
  return {
    sid: optional(members, "Sid", textOf),
    effect,
    principals: either(members, "Principal", readPrincipals),
    actions: either(members, "Action", textsOf),
    resources: either(members, "Resource", textsOf),
    conditions: optional(members, "Condition", readConditions) ?? [],
  };
}

function readPrincipals(json: Json): readonly PrincipalElement[] {
  if (json.type === "string") return json.value === "*" ? [{ type: "AWS", value: "*" }] : fail();
  return [...membersOf(json)].flatMap(([name, values]) => {
    const type = lookUp(PRINCIPAL_TYPES, name) ?? fail();
    return textsOf(values).map((value) => ({ type, value }));
  });
}

function readConditions(json: Json): readonly Condition[] {
  return [...membersOf(json)].flatMap(([operator, keys]) => {
    if (parseOperator(operator) === undefined) fail();
    return [...membersOf(keys)].map(([key, values]) => ({
      operator,
      key,
      values: listOf(values, scalarOf),
    }));
  });
}

function fail(): never {
  throw new SyntaxFault();
}

function membersOf(json: Json, allowed?: ReadonlySet<string>): Members {
  if (json.type !== "object") fail();
  if (allowed !== undefined && [...json.members.keys()].some((name) => !allowed.has(name))) fail();
  return json.members;
}

const required = (members: Members, name: string): Json => members.get(name) ?? fail();

function optional<T>(members: Members, name: string, read: (json: Json) => T): T | undefined {
  const json = members.get(name);
  return json === undefined ? undefined : read(json);
}

/** An element or its `Not…` form; both at once are a fault even where one is empty. */
function either<T>(members: Members, name: string, read: (json: Json) => readonly T[]) {
  const plain = optional(members, name, read);
  const negated = optional(members, `Not${name}`, read);
  if (plain !== undefined && negated !== undefined) fail();
  const values = plain ?? negated;
  return values === undefined ? undefined : { not: negated !== undefined, values };
}

/** A single value is a list of one. */
function listOf<T>(json: Json, read: (json: Json) => T, size: "filled" | "any" = "any"): readonly T[] {
  if (json.type !== "array") return [read(json)];
  if (size === "filled" && json.items.length === 0) fail();
  return json.items.map(read);
}

const textOf = (json: Json): string => (json.type === "string" ? json.value : fail());

const textsOf = (json: Json): readonly string[] => listOf(json, textOf);

function scalarOf(json: Json): string {
  return json.type === "string" || json.type === "number" || json.type === "boolean" ? json.value : fail();
}
