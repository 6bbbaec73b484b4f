import Button from "@cloudscape-design/components/button";
import { useEffect, useState } from "react";
import { useWords } from "../words/words.tsx";

const CLEARED_AFTER = 60_000;
const SHOWN_FOR = 2_000;

/**
 * Copies and says so. A secret is taken off the clipboard again after a minute, where the browser still lets the page: it does not
 * look whether something else was copied meanwhile, for reading the clipboard asks the reader for a permission.
 */
export function CopyButton({
  text,
  what,
  secret = false,
  inline = false,
}: {
  readonly text: string;
  /** For the button's name. */
  readonly what: string;
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
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    if (secret) setTimeout(() => navigator.clipboard.writeText("").catch(() => {}), CLEARED_AFTER);
  };
  return (
    <>
      <Button
        iconName={copied ? "check" : "copy"}
        variant={inline ? "inline-icon" : "normal"}
        ariaLabel={common.copyOf(what)}
        formAction="none"
        onClick={() => void copy().catch(() => {})}
      >
        {inline ? undefined : copied ? common.copied : common.copy}
      </Button>
      <span className={inline ? "copied" : "unseen"} role="status">
        {copied ? common.copied : ""}
      </span>
    </>
  );
}
