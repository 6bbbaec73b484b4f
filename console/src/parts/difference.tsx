import { unifiedMergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { useEffect, useRef } from "react";
import { mountCode } from "./code-view.ts";

/** What became of a text: lines that went stand above those that came. */
export default function Difference({
  before,
  after,
  label,
}: {
  readonly before: string;
  readonly after: string;
  readonly label: string;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return;
    const editor = mountCode(place.current, after, label, [
      EditorState.readOnly.of(true),
      unifiedMergeView({ original: before, mergeControls: false }),
    ]);
    return () => editor.destroy();
  }, [before, after, label]);
  return <div ref={place} />;
}
