import { EditorView } from "@codemirror/view";
import { render, waitFor } from "@testing-library/react";
import { useLayoutEffect, useState } from "react";
import { expect, test } from "vitest";
import PolicyEditor from "../src/parts/policy-editor.tsx";

const editorIn = (page: HTMLElement): EditorView | null => {
  const host = [...page.querySelectorAll("div")].find(({ shadowRoot }) => shadowRoot !== null);
  const content = host?.shadowRoot?.querySelector<HTMLElement>(".cm-content");
  return content == null ? null : EditorView.findFromDOM(content);
};
const write = (editor: EditorView | null, insert: string) =>
  editor?.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert } });

/** Pastes as soon as the page has drawn the editor empty, before anything else of React's has run. */
function Page({ onText }: { readonly onText: (text: string) => void }) {
  const [text, setText] = useState("old");
  useLayoutEffect(() => {
    if (text === "") write(editorIn(document.body), "new");
  }, [text]);
  const hear = (next: string) => {
    setText(next);
    onText(next);
  };
  return <PolicyEditor text={text} onText={hear} problems={[]} vocabulary={undefined} label="Policy" />;
}

test("what is pasted right after the text was deleted stays", async () => {
  const heard: string[] = [];
  const { container } = render(<Page onText={(text) => heard.push(text)} />);
  write(editorIn(container), "");
  await waitFor(() => expect(heard).toContain("new"));
  await waitFor(() => expect(editorIn(container)?.state.doc.toString()).toBe("new"));
  expect(heard).toEqual(["", "new"]);
});
