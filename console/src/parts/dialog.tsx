import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useWords } from "../words/words.tsx";

/** A question in front of the page: one thing to do, or to be left. */
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
  readonly onAct: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { common } = useWords();
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
            <Button variant="primary" loading={busy} disabled={disabled} onClick={onAct}>
              {verb}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      {children}
    </Modal>
  );
}
