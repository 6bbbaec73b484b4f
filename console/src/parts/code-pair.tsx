import type { InputProps } from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef } from "react";
import type { CodePair } from "../api/devices.ts";
import { useWords } from "../words/words.tsx";
import { CodeField } from "./code-field.tsx";
import { isCode } from "./digits.ts";

export const NO_CODES: CodePair = ["", ""];

/** Two codes that can be sent: whole, and not the same one twice. */
export const isPair = ([first, second]: CodePair): boolean =>
  isCode(first) && isCode(second) && first !== second;

/** Two codes in a row; when the first is whole the second is next. `checked`: what is missing is said. */
export function CodePairFields({
  pair,
  onPair,
  checked,
  disabled = false,
}: {
  readonly pair: CodePair;
  readonly onPair: (pair: CodePair) => void;
  readonly checked: boolean;
  readonly disabled?: boolean;
}) {
  const { code } = useWords();
  const firstField = useRef<InputProps.Ref>(null);
  const secondField = useRef<InputProps.Ref>(null);
  const before = useRef(pair);
  useEffect(() => {
    // those that were refused are taken away: the next ones can be typed at once
    if (pair === NO_CODES && before.current !== NO_CODES) firstField.current?.focus();
    before.current = pair;
  }, [pair]);
  const [first, second] = pair;
  const missing = (one: string) => (checked && !isCode(one) ? code.sixDigits : undefined);
  const same = isCode(second) && first === second ? code.sameCode : undefined;
  return (
    <SpaceBetween size="m">
      <CodeField
        ref={firstField}
        label={code.first}
        hint={code.firstHint}
        error={missing(first)}
        code={first}
        onCode={(next) => onPair([next, second])}
        onWhole={() => secondField.current?.focus()}
        disabled={disabled}
      />
      <CodeField
        ref={secondField}
        label={code.second}
        hint={code.secondHint}
        error={same ?? missing(second)}
        code={second}
        onCode={(next) => onPair([first, next])}
        disabled={disabled}
      />
    </SpaceBetween>
  );
}
