import { json } from "@codemirror/lang-json";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** Colours are custom properties of the page, which has both themes. */
const LOOK = EditorView.theme({
  "&": {
    minBlockSize: "200px",
    maxBlockSize: "60vh",
    border: "1px solid var(--line)",
    borderRadius: "8px",
    background: "var(--surface)",
    color: "var(--text)",
    fontSize: "14px",
  },
  "&.cm-focused": { outline: "2px solid var(--focus)" },
  ".cm-scroller": {
    overflow: "auto",
    fontFamily: 'Monaco, Menlo, Consolas, "Courier Prime", Courier, "Courier New", monospace',
  },
  ".cm-gutters": {
    background: "var(--soft)",
    color: "var(--text-quiet)",
    borderColor: "var(--line)",
    borderStartStartRadius: "8px",
    borderEndStartRadius: "8px",
  },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { background: "var(--chosen) !important" },
  ".cm-tooltip": { background: "var(--surface)", color: "var(--text)", borderColor: "var(--line)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--focus)", color: "#ffffff" },
  // the library's own are pictures in the style sheet, which the content security policy refuses
  ".cm-lint-marker-error, .cm-lint-marker-warning": {
    content: '""',
    boxSizing: "border-box",
    borderRadius: "50%",
    background: "var(--wrong)",
  },
  ".cm-lint-marker-warning": { background: "var(--doubtful)", borderRadius: "0" },
  ".cm-lintRange-error, .cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--wrong)",
  },
  ".cm-lintRange-warning": { textDecorationColor: "var(--doubtful)" },
  ".cm-insertedLine, &.cm-merge-b .cm-changedLine": { background: "var(--added) !important" },
  ".cm-deletedChunk": { background: "var(--removed) !important", paddingInlineStart: "6px" },
  ".cm-changedText, .cm-deletedText": { background: "none !important", textDecoration: "underline" },
});

const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-name)" },
  { tag: tags.string, color: "var(--code-text)" },
]);

/**
 * JSON with line numbers in `host`. It lives behind a shadow root: there its styles are sheets that scripts make, where in the page
 * they would be style elements, which the content security policy refuses.
 */
export function mountCode(host: HTMLElement, text: string, label: string, extensions: Extension): EditorView {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open", delegatesFocus: true });
  return new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        json(),
        bracketMatching(),
        syntaxHighlighting(COLOURS),
        LOOK,
        EditorView.lineWrapping,
        // who has no pointer scrolls it too
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" }),
        extensions,
      ],
    }),
  });
}
