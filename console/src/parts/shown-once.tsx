import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef, useState } from "react";
import { useWords } from "../words/words.tsx";
import { CopyButton } from "./copy-button.tsx";

/** A secret in the dialog that has just made it. The focus comes here: the button that was pressed is gone. */
export function ShownOnce({
  secret,
  what,
}: {
  readonly secret: string;
  /** Its name, for the button that copies it. */
  readonly what: string;
}) {
  const { common } = useWords();
  const [shown, setShown] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be of a form
    <div ref={place} role="group" aria-label={what} tabIndex={-1} className="shown-once">
      <SpaceBetween size="xs">
        <code className="secret">{shown ? secret : "•".repeat(20)}</code>
        <SpaceBetween direction="horizontal" size="xs">
          <CopyButton text={secret} what={what} secret />
          <Button onClick={() => setShown(!shown)}>{shown ? common.hide : common.show}</Button>
        </SpaceBetween>
      </SpaceBetween>
    </div>
  );
}
