import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useWords } from "../words/words.tsx";
import { SentForm } from "./sent-form.tsx";

/** A question in front of the page: one thing to do, by its button or by Enter in a field, or to be left. */
export function Dialog({
  title,
  verb,
  busy,
  disabled = false,
  onAct,
  onClose,
  children,
}: {
  readonly title: string;
  /** On the button. */
  readonly verb: string;
  readonly busy: boolean;
  readonly disabled?: boolean;
  /** A promise that it gives is waited for. */
  readonly onAct: () => unknown;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { common } = useWords();
  const form = useId();
  useEffect(() => backToPage, []);
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel={common.close}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button variant="primary" form={form} loading={busy} disabled={disabled}>
              {verb}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <FromFirstField>
        <SentForm id={form} onSend={onAct}>
          {children}
        </SentForm>
      </FromFirstField>
    </Modal>
  );
}

/** The modal gives the focus back to what opened it; where that is gone with what was done, to the page. */
const backToPage = () => {
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>(".page-title")?.focus({ preventScroll: true });
  });
};

/** A checkbox has its answer already. */
const FIELD = "input:not([type=checkbox]), [aria-haspopup=listbox]";

/** Work begins in the first field, not on the cross that the modal itself takes the focus to. */
function FromFirstField({ children }: { readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // the modal's own effect comes after this one
    queueMicrotask(() => place.current?.querySelector<HTMLElement>(FIELD)?.focus());
  }, []);
  return <div ref={place}>{children}</div>;
}
