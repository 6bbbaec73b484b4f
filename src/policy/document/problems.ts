import { jsonFault } from "#base/json-fault.ts";
import { type Member, type Outline, outlineOf, type Place } from "#base/json-outline.ts";
import { parseOperator } from "#policy/conditions/operators.ts";
import { isDocumentElement, isStatementElement } from "./draft.ts";
import { type PolicyKind, parsePolicy } from "./parse.ts";
import type { Problem } from "./problem.ts";
import { mfaTraps } from "./traps.ts";

/** The kinds that people write. */
export type WrittenKind = Extract<PolicyKind, "identity" | "trust">;

/** Deep enough for every condition; a document that goes deeper is wrong before. */
const DEEP = 8;
const MOST = 100;

/** A statement and a document with nothing wrong, in which one part after the other is tried. */
const SOUND: Readonly<Record<WrittenKind, Readonly<Record<string, string>>>> = {
  identity: { Effect: '"Allow"', Action: '"*"', Resource: '"*"' },
  trust: { Effect: '"Allow"', Principal: '{"AWS":"*"}', Action: '"sts:AssumeRole"' },
};

/**
 * What is wrong in a document, each beside what is wrong, in the order of the text; then what is right and likely not meant.
 * The verdict is `parsePolicy`'s alone: each part is put into a sound document, and what it says of that belongs to the part.
 * Empty for a document that may be stored (its size, and whether its principals exist, is not looked at).
 */
export function policyProblems(text: string, kind: WrittenKind): readonly Problem[] {
  const whole = parsePolicy(text, kind);
  const syntax = syntaxProblem(text);
  if (syntax !== undefined) return [syntax];
  const outline = outlineOf(text, DEEP);
  if (whole.ok) return mfaTraps(outline, text).slice(0, MOST);
  const twice = duplicates(outline);
  const found = twice.length > 0 ? twice : documentProblems(outline, text, kind);
  if (found.length > 0) return found.toSorted((one, other) => one.start - other.start).slice(0, MOST);
  return [error(outline, whole.error)];
}

const error = ({ start, end }: Place, message: string): Problem => ({
  start,
  end,
  severity: "error",
  message,
});

function syntaxProblem(text: string): Problem | undefined {
  const fault = jsonFault(text);
  if (fault === undefined) return undefined;
  const end = Math.min(fault.offset + 1, text.length);
  return error({ start: fault.offset, end }, `This is not JSON: expected ${fault.expected}.`);
}

function duplicates(outline: Outline): readonly Problem[] {
  const seen = new Set<string>();
  const here = outline.members.flatMap(({ name, namePlace }) => {
    const again = seen.has(name);
    seen.add(name);
    return again ? [error(namePlace, `\`${name}\` stands twice.`)] : [];
  });
  const inside = [...outline.members.map(({ value }) => value), ...outline.items].flatMap(duplicates);
  return [...here, ...inside];
}

function documentProblems(outline: Outline, text: string, kind: WrittenKind): readonly Problem[] {
  if (text[outline.start] !== "{") return [error(outline, "A policy document is an object: `{ … }`.")];
  const trial = (version: string) => `{"Version":${version},"Statement":[${statementText(SOUND[kind])}]}`;
  const own = outline.members.flatMap(({ name, namePlace, value }) => {
    if (!isDocumentElement(name))
      return [error(namePlace, `\`${name}\` is no element of a policy document.`)];
    if (name !== "Version") return [];
    const fault = faultOf(trial(slice(text, value)), kind);
    return fault === undefined ? [] : [error(value, plainly(name, fault))];
  });
  const version = outline.members.find(({ name }) => name === "Version");
  const unversioned =
    version === undefined && kind === "identity"
      ? [error({ start: outline.start, end: outline.start + 1 }, 'Say `"Version": "2012-10-17"`.')]
      : [];
  const statement = outline.members.find(({ name }) => name === "Statement")?.value;
  if (statement === undefined) return [...unversioned, ...own, error(outline, "There is no `Statement`.")];
  const isList = text[statement.start] === "[";
  if (isList && statement.items.length === 0) return [...own, error(statement, "There is no statement.")];
  const statements = isList ? statement.items : [statement];
  return [
    ...unversioned,
    ...own,
    ...statements.flatMap((each) => statementProblems(each, text, kind)),
    ...repeatedSids(statements, text),
  ];
}

function statementProblems(statement: Outline, text: string, kind: WrittenKind): readonly Problem[] {
  if (text[statement.start] !== "{") return [error(statement, "A statement is an object: `{ … }`.")];
  if (faultOf(documentText(slice(text, statement)), kind) === undefined) return [];
  const found = statement.members.flatMap((member) => memberProblems(member, text, kind));
  if (found.length > 0) return found;
  const names = new Set(statement.members.map(({ name }) => name));
  const missing = Object.keys(SOUND[kind]).filter((name) => !names.has(name) && !names.has(`Not${name}`));
  const both = Object.keys(SOUND[kind]).filter((name) => names.has(name) && names.has(`Not${name}`));
  const sentence =
    missing.length > 0
      ? `The statement lacks ${missing.map((name) => `\`${name}\``).join(" and ")}.`
      : both.length > 0
        ? `The statement has both \`${both[0]}\` and \`Not${both[0]}\`.`
        : (faultOf(documentText(slice(text, statement)), kind) ?? "");
  return [error(statement, sentence)];
}

function memberProblems(
  { name, namePlace, value }: Member,
  text: string,
  kind: WrittenKind,
): readonly Problem[] {
  if (!isStatementElement(name)) return [error(namePlace, `\`${name}\` is no element of a statement.`)];
  const faultWith = (given: string) => {
    const { [name.replace(/^Not/, "")]: _, ...others } = SOUND[kind];
    return faultOf(documentText(statementText({ ...others, [name]: given })), kind);
  };
  const fault = faultWith(slice(text, value));
  if (fault === undefined) return [];
  if (name !== "Condition") return [error(value, plainly(name, fault))];
  const found = value.members.flatMap(({ name: operator, namePlace: place, value: keys }) => {
    if (parseOperator(operator) === undefined)
      return [error(place, `\`${operator}\` is no condition operator.`)];
    return keys.members.flatMap((key) => {
      const one = `{${JSON.stringify(operator)}:{${JSON.stringify(key.name)}:${slice(text, key.value)}}}`;
      const broken = faultWith(one);
      return broken === undefined ? [] : [error(key.value, broken)];
    });
  });
  return found.length > 0 ? found : [error(value, fault)];
}

/** What AWS says of everything alike, in words that say what could stand there. */
const COULD_BE: Readonly<Record<string, string>> = {
  Version: '`Version` is `"2012-10-17"`.',
  Sid: '`Sid` is a text: `"…"`.',
  Effect: '`Effect` is `"Allow"` or `"Deny"`.',
  Action: '`Action` is one action or a list: `"iam:GetUser"`, `["iam:Get*", "iam:List*"]`.',
  NotAction: '`NotAction` is one action or a list: `"iam:GetUser"`, `["iam:Get*", "iam:List*"]`.',
  Resource: '`Resource` is one ARN or a list, or `"*"`.',
  NotResource: "`NotResource` is one ARN or a list.",
  Principal: '`Principal` is `"*"`, or names by kind: `{"AWS": "arn:aws:iam::123456789012:root"}`.',
  NotPrincipal: '`NotPrincipal` names by kind: `{"AWS": "arn:aws:iam::123456789012:root"}`.',
};

const plainly = (name: string, fault: string): string =>
  fault === "Syntax errors in policy." && Object.hasOwn(COULD_BE, name) ? (COULD_BE[name] ?? fault) : fault;

function repeatedSids(statements: readonly Outline[], text: string): readonly Problem[] {
  const seen = new Set<string>();
  return statements.flatMap(({ members }) => {
    const sid = members.find(({ name }) => name === "Sid")?.value;
    const written = sid === undefined ? '""' : slice(text, sid);
    const again = written !== '""' && seen.has(written);
    seen.add(written);
    return again && sid !== undefined
      ? [error(sid, "Statement IDs (SID) in a single policy must be unique.")]
      : [];
  });
}

const slice = (text: string, { start, end }: Place): string => text.slice(start, end);

const statementText = (members: Readonly<Record<string, string>>): string =>
  `{${Object.entries(members)
    .map(([name, value]) => `${JSON.stringify(name)}:${value}`)
    .join(",")}}`;

const documentText = (statement: string): string => `{"Version":"2012-10-17","Statement":[${statement}]}`;

function faultOf(text: string, kind: WrittenKind): string | undefined {
  const parsed = parsePolicy(text, kind);
  return parsed.ok ? undefined : parsed.error;
}
