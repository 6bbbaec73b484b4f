import type { Outline } from "#base/json-outline.ts";
import type { Problem } from "./problem.ts";

/** A condition on the second factor that does not do what it seems to (contract 2.2). */
interface Trap {
  readonly effect: "Allow" | "Deny";
  readonly operator: RegExp;
  readonly key: string;
  /** Undefined: any. */
  readonly value?: "true" | "false";
  readonly message: string;
}

const PRESENT = "aws:multifactorauthpresent";
const AGE = "aws:multifactorauthage";

const TRAPS: readonly Trap[] = [
  {
    effect: "Deny",
    operator: /^Bool$/i,
    key: PRESENT,
    value: "false",
    message:
      "Calls signed with access keys have no `aws:MultiFactorAuthPresent`, so this does not deny them. `BoolIfExists` does.",
  },
  {
    effect: "Allow",
    operator: /^BoolIfExists$/i,
    key: PRESENT,
    value: "true",
    message:
      "Calls signed with access keys have no `aws:MultiFactorAuthPresent`, so this allows them without MFA. `Bool` does not.",
  },
  {
    effect: "Deny",
    operator: /^NumericGreaterThan(Equals)?$/i,
    key: AGE,
    message:
      "Who has not used MFA at all has no `aws:MultiFactorAuthAge`, so this does not deny him. `NumericGreaterThanIfExists` does.",
  },
  {
    effect: "Allow",
    operator: /^NumericLessThan(Equals)?IfExists$/i,
    key: AGE,
    message:
      "Who has not used MFA at all has no `aws:MultiFactorAuthAge`, so this allows him. `NumericLessThan` does not.",
  },
];

/** The traps in a document that is sound, each beside its value. */
export function mfaTraps(document: Outline, text: string): readonly Problem[] {
  const statement = document.members.find(({ name }) => name === "Statement")?.value;
  if (statement === undefined) return [];
  const statements = text[statement.start] === "[" ? statement.items : [statement];
  return statements.flatMap((each) => trapsIn(each, text));
}

function trapsIn({ members }: Outline, text: string): readonly Problem[] {
  const elementOf = (wanted: string) => members.find(({ name }) => name === wanted)?.value;
  const effect = elementOf("Effect");
  const written = effect && text.slice(effect.start + 1, effect.end - 1);
  return (elementOf("Condition")?.members ?? []).flatMap(({ name: operator, value: keys }) =>
    keys.members.flatMap(({ name: key, value }) => {
      const values = (value.items.length > 0 ? value.items : [value]).map(({ start, end }) =>
        text.slice(start, end).replaceAll('"', "").toLowerCase(),
      );
      const trap = TRAPS.find(
        (each) =>
          each.effect === written &&
          each.operator.test(operator) &&
          each.key === key.toLowerCase() &&
          (each.value === undefined || values.includes(each.value)),
      );
      const { start, end } = value;
      return trap === undefined ? [] : [{ start, end, severity: "warning" as const, message: trap.message }];
    }),
  );
}
