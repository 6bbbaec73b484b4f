import { autocompletion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { indentUnit } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import type { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { useEffect, useLayoutEffect, useRef } from "react";
import type { PolicyProblem, PolicyVocabulary } from "../../../src/model/countersign/types.ts";
import { mountCode } from "./code-view.ts";

export interface EditorProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly problems: readonly PolicyProblem[];
  readonly vocabulary: PolicyVocabulary | undefined;
  /** What a screen reader calls it. */
  readonly label: string;
  /** It is said beside the editor what. */
  readonly wrong?: boolean;
  /** Where to go: each new object is gone to. */
  readonly target?: { readonly line: number; readonly column: number } | undefined;
}

/** JSON with line numbers, problems beside the line, and completion of actions, keys and operators. Escape, then Tab, leaves it. */
export default function PolicyEditor(props: EditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(props);
  latest.current = props;
  // what a reader types is the editor's own state; the page's text is only put in where it is another
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once, it reads the latest properties by itself
  useEffect(() => {
    if (place.current === null) return;
    const editor = mountCode(place.current, props.text, props.label, [
      history(),
      indentUnit.of("  "),
      lintGutter(),
      autocompletion({ override: [(context) => complete(context, latest.current.vocabulary)] }),
      keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) latest.current.onText(update.state.doc.toString());
      }),
    ]);
    view.current = editor;
    return () => editor.destroy();
  }, []);
  // at once with the page: a key that came in between would be taken for the page's older text, and lost
  useLayoutEffect(() => {
    const editor = view.current;
    if (editor === undefined || editor.state.doc.toString() === props.text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: props.text } });
  }, [props.text]);
  useEffect(() => {
    const editor = view.current;
    if (editor === undefined) return;
    editor.dispatch(setDiagnostics(editor.state, props.problems.map(diagnosticIn(editor.state))));
  }, [props.problems]);
  useEffect(() => {
    const editor = view.current;
    if (editor === undefined || props.target === undefined) return;
    const { line, column } = props.target;
    editor.dispatch({ selection: { anchor: offsetOf(editor.state, line, column) }, scrollIntoView: true });
    editor.focus();
  }, [props.target]);
  // focused, it gives the focus on to the text within
  return <div ref={place} data-wrong={props.wrong ?? false} />;
}

/** The text may have become shorter since it was looked through. */
function offsetOf({ doc }: EditorState, line: number, column: number): number {
  if (line > doc.lines) return doc.length;
  const { from, to } = doc.line(line);
  return Math.min(from + column - 1, to);
}

const diagnosticIn =
  (state: EditorState) =>
  ({ Line, Column, EndLine, EndColumn, Severity, Message }: PolicyProblem): Diagnostic => {
    const from = offsetOf(state, Line, Column);
    return {
      from,
      to: Math.max(from, offsetOf(state, EndLine, EndColumn)),
      severity: Severity,
      message: Message,
    };
  };

const QUANTIFIERS = ["ForAllValues:", "ForAnyValue:"];

/** What may stand in the quotes that are being written: by what is already there, an action, a key, an operator or an element. */
function complete(
  context: CompletionContext,
  vocabulary: PolicyVocabulary | undefined,
): CompletionResult | null {
  const word = context.matchBefore(/[\w:*/.-]*/);
  const before = word === null ? "" : context.state.sliceDoc(Math.max(0, word.from - 1), word.from);
  if (vocabulary === undefined || word === null || before !== '"') return null;
  const { Actions, ConditionKeys, Operators } = vocabulary;
  const options = [
    ...ELEMENTS.map((label) => ({ label, type: "keyword" })),
    ...Actions.map(({ Name }) => ({ label: Name, type: "function" })),
    ...ConditionKeys.map((label) => ({ label, type: "variable" })),
    ...Operators.flatMap((label) => [label, `${label}IfExists`]).map((label) => ({ label, type: "type" })),
    ...QUANTIFIERS.map((label) => ({ label, type: "type" })),
  ];
  return { from: word.from, options, validFor: /^[\w:*/.-]*$/ };
}

const ELEMENTS = [
  "Version",
  "Statement",
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
  "Allow",
  "Deny",
  "2012-10-17",
];
