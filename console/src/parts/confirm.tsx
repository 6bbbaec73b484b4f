import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";
import { useWords } from "../words/words.tsx";
import type { Act } from "./act.ts";
import { Dialog } from "./dialog.tsx";
import { FailureAlert } from "./failure-alert.tsx";

/** Asks before something is lost, and has the name of it typed where that is given. */
export function Confirm({
  title,
  verb,
  typed,
  act,
  onConfirm,
  onClose,
  children,
}: {
  readonly title: string;
  /** On the button. */
  readonly verb: string;
  /** What is to be typed. */
  readonly typed?: string;
  readonly act: Act;
  /** A promise that it gives is waited for. */
  readonly onConfirm: () => unknown;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { common } = useWords();
  const [text, setText] = useState("");
  const [checked, setChecked] = useState(false);
  const matches = typed === undefined || text === typed;
  const confirm = () => {
    setChecked(true);
    return matches ? onConfirm() : undefined;
  };
  return (
    <Dialog title={title} verb={verb} busy={act.busy} onAct={confirm} onClose={onClose}>
      <SpaceBetween size="m">
        {/* a bare sentence has no key among its neighbours */}
        {typeof children === "string" ? <div>{children}</div> : children}
        <FailureAlert failure={act.failure} />
        {typed !== undefined && (
          <FormField
            label={common.toConfirmType(typed)}
            errorText={checked && !matches ? common.confirmMismatch : undefined}
          >
            <Input
              value={text}
              autoComplete={false}
              spellcheck={false}
              disableBrowserAutocorrect
              placeholder={typed}
              onChange={({ detail }) => setText(detail.value)}
            />
          </FormField>
        )}
      </SpaceBetween>
    </Dialog>
  );
}
