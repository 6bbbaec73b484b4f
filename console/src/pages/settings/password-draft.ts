import type { PasswordPolicy } from "../../api/account.ts";

/** A policy as it is typed: numbers are text, and what may be off has a switch. */
export interface Draft extends Omit<PasswordPolicy, "minimumLength" | "maxAge" | "remembered"> {
  readonly minimumLength: string;
  readonly expire: boolean;
  readonly maxAge: string;
  readonly remember: boolean;
  readonly remembered: string;
}

/** The least and the most of each (contract 1.5). */
export const NUMBERS = {
  minimumLength: [6, 128],
  maxAge: [1, 1095],
  remembered: [1, 24],
} as const;

export type NumberName = keyof typeof NUMBERS;

/** What is offered to whoever turns it on. */
const AGE = 90;
const MEMORY = 5;

export const draftOf = (policy: PasswordPolicy): Draft => ({
  ...policy,
  minimumLength: String(policy.minimumLength),
  expire: policy.maxAge > 0,
  maxAge: String(policy.maxAge || AGE),
  remember: policy.remembered > 0,
  remembered: String(policy.remembered || MEMORY),
});

/** The numbers that are none, of those that count. */
export function wrongIn(draft: Draft): readonly NumberName[] {
  const asked: readonly NumberName[] = [
    "minimumLength",
    ...(draft.expire ? (["maxAge"] as const) : []),
    ...(draft.remember ? (["remembered"] as const) : []),
  ];
  return asked.filter((name) => {
    const [least, most] = NUMBERS[name];
    const number = Number(draft[name]);
    return !/^\d+$/.test(draft[name].trim()) || number < least || number > most;
  });
}

/** Of a draft that has nothing wrong. */
export const policyOf = ({ expire, remember, ...draft }: Draft): PasswordPolicy => ({
  ...draft,
  minimumLength: Number(draft.minimumLength),
  maxAge: expire ? Number(draft.maxAge) : 0,
  hardExpiry: expire && draft.hardExpiry,
  remembered: remember ? Number(draft.remembered) : 0,
});
