import { type ReactNode, useEffect, useRef } from "react";
import { useWords } from "../words/words.tsx";

let moved = false;

/** Names the browser's tab, and takes the focus when the reader came here from another page. */
export function PageTitle({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { product } = useWords();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
  useEffect(() => {
    // a field that asks for the focus comes first
    if (moved && !place.current?.contains(document.activeElement)) {
      const inForm = document.activeElement instanceof HTMLInputElement;
      if (!inForm) place.current?.focus();
    }
    moved = true;
  }, []);
  return (
    <div ref={place} tabIndex={-1} className="page-title">
      {children}
    </div>
  );
}
