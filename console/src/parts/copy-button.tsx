import Button from "@cloudscape-design/components/button";
import { useEffect, useState } from "react";
import { useWords } from "../words/words.tsx";
import { copy } from "./clipboard.ts";

const SHOWN_FOR = 2_000;

/** Copies and says so. */
export function CopyButton({
  text,
  what,
  secret = false,
  inline = false,
}: {
  readonly text: string;
  /** For the button's name. */
  readonly what: string;
  /** Taken off the clipboard again after a minute. */
  readonly secret?: boolean;
  readonly inline?: boolean;
}) {
  const { common } = useWords();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [copied]);
  // only pages under https or on this machine have a clipboard
  if (navigator.clipboard === undefined) return null;
  return (
    <>
      <Button
        iconName={copied ? "check" : "copy"}
        variant={inline ? "inline-icon" : "normal"}
        ariaLabel={common.copyOf(what)}
        formAction="none"
        onClick={() =>
          void copy(text, secret).then(
            () => setCopied(true),
            () => {},
          )
        }
      >
        {inline ? undefined : copied ? common.copied : common.copy}
      </Button>
      <span className={inline ? "copied" : "unseen"} role="status">
        {copied ? common.copied : ""}
      </span>
    </>
  );
}
