import type { PasswordRules } from "../../../src/model/signin/types.ts";

/** What a new password must satisfy. */
export type Rules = PasswordRules;

/** Where an account has no policy of its own (contract 1.5). */
export const DEFAULT_RULES: Rules = Object.freeze({
  MinimumLength: 8,
  RequireSymbols: false,
  RequireNumbers: false,
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
  ReusePrevention: 0,
  MinimumClasses: 3,
});

/** One line of the list under a new password; `count` is what it says about the number in it. */
export interface RuleState {
  readonly rule: RuleName;
  readonly count: number;
  readonly met: boolean;
}

export type RuleName = "length" | "uppercase" | "lowercase" | "number" | "symbol" | "classes";

const UPPERCASE = /[A-Z]/;
const LOWERCASE = /[a-z]/;
const NUMBER = /[0-9]/;
const SYMBOL = /[!@#$%^&*()_+\-=[\]{}|']/;

export function rulesState(rules: Rules, password: string): readonly RuleState[] {
  const classes = [UPPERCASE, LOWERCASE, NUMBER, SYMBOL].filter((each) => each.test(password)).length;
  const minimum = rules.MinimumClasses ?? 0;
  const rows: readonly (RuleState & { readonly asked: boolean })[] = [
    {
      rule: "length",
      count: rules.MinimumLength,
      asked: true,
      met: password.length >= rules.MinimumLength,
    },
    { rule: "classes", count: minimum, asked: minimum > 0, met: classes >= minimum },
    { rule: "uppercase", count: 1, asked: rules.RequireUppercaseCharacters, met: UPPERCASE.test(password) },
    { rule: "lowercase", count: 1, asked: rules.RequireLowercaseCharacters, met: LOWERCASE.test(password) },
    { rule: "number", count: 1, asked: rules.RequireNumbers, met: NUMBER.test(password) },
    { rule: "symbol", count: 1, asked: rules.RequireSymbols, met: SYMBOL.test(password) },
  ];
  return rows.filter((row) => row.asked).map(({ rule, count, met }) => ({ rule, count, met }));
}
