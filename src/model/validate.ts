import { lookUp, type Table, table } from "#base/table.ts";
import { brokenRules, elementRules, NOT_NULL, ownRefusal } from "./constraints/broken.ts";
import type { ListShape, Members, OwnRefusal, Shape } from "./constraints/constraint.ts";
import { COUNTERSIGN_CONSTRAINTS } from "./constraints/countersign.ts";
import { IAM_CONSTRAINTS, IAM_OPTIONAL_FOR_ROOT } from "./constraints/iam.ts";
import { SIGNIN_CONSTRAINTS } from "./constraints/signin.ts";
import { STS_CONSTRAINTS } from "./constraints/sts.ts";
import { serviceError } from "./errors.ts";
import type { ServiceError } from "./service-error.ts";
import type { OperationModel, ServiceRow } from "./services.ts";

interface Rules {
  readonly operations: Table<Members>;
  readonly optionalForRoot: Table<readonly string[]>;
  /** STS repeats the value in its sentence, IAM leaves it out (contract 1.3, 2.1; recorded). */
  readonly tellsValue: boolean;
}

const NONE = table<readonly string[], string>({});

const RULES: Table<Rules, ServiceRow["name"]> = table({
  iam: { operations: IAM_CONSTRAINTS, optionalForRoot: IAM_OPTIONAL_FOR_ROOT, tellsValue: false },
  sts: { operations: STS_CONSTRAINTS, optionalForRoot: NONE, tellsValue: true },
  countersign: { operations: COUNTERSIGN_CONSTRAINTS, optionalForRoot: NONE, tellsValue: false },
  signin: { operations: SIGNIN_CONSTRAINTS, optionalForRoot: NONE, tellsValue: false },
});

/** Recorded: of twenty failures AWS tells ten, and counts no more than it tells. */
const MOST_FAILURES = 10;

/** A rule that does not hold, or AWS's own refusal of a bad name, path or ARN. */
type Finding =
  | { readonly path: string; readonly value: unknown; readonly rule: string }
  | { readonly own: OwnRefusal };

/**
 * One error with all that is wrong with a decoded input, in the order of the constraint table; undefined where nothing is.
 * Nothing is known of an operation without a row: it is not implemented, and refuses whatever it is given.
 */
export function validateInput(
  service: ServiceRow["name"],
  operation: OperationModel,
  input: object,
  options: { readonly rootCaller: boolean },
): ServiceError | undefined {
  const rules = RULES[service];
  const members = lookUp(rules.operations, operation.name);
  if (members === undefined) return undefined;
  const lifted = options.rootCaller ? (lookUp(rules.optionalForRoot, operation.name) ?? []) : [];
  const refusal = render(ofMembers(members, input, "", lifted), rules.tellsValue);
  return refusal === undefined ? undefined : serviceError(refusal.code, refusal.sentence);
}

export interface BrokenMember {
  readonly member: string;
  readonly message: string;
}

/** As `validateInput`, of each member apart: the sentence that tells of it where nothing else is wrong. */
export function brokenMembers(
  service: ServiceRow["name"],
  operation: string,
  input: object,
): readonly BrokenMember[] {
  const rules = RULES[service];
  return Object.entries(lookUp(rules.operations, operation) ?? {}).flatMap(([member, constraint]) => {
    const refusal = render(ofMembers({ [member]: constraint }, input, ""), rules.tellsValue);
    return refusal === undefined ? [] : [{ member, message: refusal.sentence }];
  });
}

/** AWS's own sentence is told alone, the first of them, and only where the model's rules all hold. */
function render(findings: Iterable<Finding>, tellsValue: boolean): OwnRefusal | undefined {
  const failures: string[] = [];
  let own: OwnRefusal | undefined;
  for (const finding of findings) {
    if ("own" in finding) own ??= finding.own;
    else {
      const told = tellsValue ? display(finding.value) : "";
      failures.push(`Value${told} at '${finding.path}' failed to satisfy constraint: ${finding.rule}`);
    }
    if (failures.length === MOST_FAILURES) break;
  }
  if (failures.length === 0) return own;
  const detected = `${failures.length} validation error${failures.length === 1 ? "" : "s"} detected`;
  return { code: "ValidationError", sentence: `${detected}: ${failures.join("; ")}` };
}

function* ofMembers(
  members: Members,
  structure: object,
  prefix: string,
  lifted: readonly string[] = [],
): Generator<Finding> {
  // a decoded structure holds the schema's members and nothing else
  const values = structure as Readonly<Record<string, unknown>>;
  for (const [name, constraint] of Object.entries(members)) {
    const path = prefix + name.charAt(0).toLowerCase() + name.slice(1);
    const value = values[name];
    if (value !== undefined && value !== null) yield* ofValue(constraint, value, path);
    else if (constraint.required && !lifted.includes(name)) yield { path, value: null, rule: NOT_NULL };
  }
}

function* ofValue(shape: Shape, value: unknown, path: string): Generator<Finding> {
  for (const rule of brokenRules(shape, value)) yield { path, value, rule };
  const own = ownRefusal(shape, value, path.slice(path.lastIndexOf(".") + 1));
  if (own !== undefined) yield { own };
  // the decoder makes an object of a structure and an array of a list
  if (shape.type === "structure") yield* ofMembers(shape.members, value as object, `${path}.`);
  if (shape.type === "list") yield* ofElements(shape, value as readonly unknown[], path);
}

function* ofElements(
  { element, tellsNull }: ListShape,
  values: readonly unknown[],
  path: string,
): Generator<Finding> {
  if (element.type === "string" || element.type === "integer") {
    const isBad = (value: unknown): boolean => value === null || brokenRules(element, value).length > 0;
    // however many elements are bad, AWS tells it once, with all that is asked of them
    if (values.some(isBad)) yield { path, value: values, rule: elementRules(element, tellsNull) };
    return;
  }
  for (const [index, value] of values.entries()) {
    const at = `${path}.${index + 1}.member`;
    if (value === null) yield* ofMissing(element, at);
    else yield* ofValue(element, value, at);
  }
}

/** A position that the request left out. Recorded: a structure there lacks all that it must have. */
function* ofMissing(element: Shape, path: string): Generator<Finding> {
  const lacking = element.type === "structure" ? [...ofMembers(element.members, {}, `${path}.`)] : [];
  if (lacking.length > 0) yield* lacking;
  else yield { path, value: null, rule: NOT_NULL };
}

function display(value: unknown): string {
  if (value === null) return " null";
  if (!Array.isArray(value)) return ` '${value}'`;
  // how AWS writes structures is not known: left out
  return value.some((each) => typeof each === "object" && each !== null) ? "" : ` '[${value.join(", ")}]'`;
}
